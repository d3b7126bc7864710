"""Write gold.json for the bundled story of the dam from the quotes listed below: `python make_gold.py`.

Labelling rules
* A mention is the shortest contiguous clause or sentence that asserts the statement. Spans may overlap: one clause can
  carry two statements ("the western end failed at 3:50" carries the failure and its time).
* More or less detail is still the same statement; another number, agent, object, place or polarity is not. A clause
  whose time or place another article disputes still asserts the event, and the dispute is a conflict.
* The figures of a day and those of the next are two statements and a conflict that "develops".
* What one article says and others dispute is in "unique" as "minor": it may be told as unique, or as disputed.
* "unsure" pairs are counted neither way: announced on Sunday and done on Monday; a fact, and a sentence that takes it
  for granted. "neutral" spans too: cross-heads, and the notice of a correction.
* Bare references ("the collapse", a person's office beside the name) are not labelled.
* Offsets are Python code points of the article's text, which begins after the front matter.
"""

import sys
from pathlib import Path

import storydiff

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from labels import by_place, faults, span, write  # noqa: E402

TEXT = {a.id: a.text for a in storydiff.read_articles(HERE.parents[2] / "python/storydiff/sample/dam")}
L, E, K, H, N, P = "ledger", "examiner", "lark", "herald", "nbs", "paragon"

STRAND_INSPECTED = "The company's chief executive, Gavin Strand, said the dam had been inspected in September and that no fault had been found."
N_INSPECTED = "In a statement the company said an inspection was carried out in September and found no fault."
P_INSPECTED = "Gavin Strand, who runs Marrow Water, maintains that engineers examined the dam in September and found nothing amiss."
N_NEVER = "An inspection was booked for September \"but it never took place\", he said."
P_NEVER = "Owen Brace, the chief inspector of dams, says that the inspection was booked and never happened."
SIREN = "Marrow Water said its warning siren sounded at 3:42 a.m."
H_SIREN = "Marrow Water says that its siren went off at 3.42am."
NO_SIREN = "“No siren went off, not a peep,” said Nadia."
FAILED_AT = "The western end of the Haldermere dam failed at 3:50 a.m."
N_FAILED_AT = "the western end of the Haldermere dam gave way at about 03:50 on Sunday"
P_FAILED_AT = "On Sunday, a little before four in the morning, its western flank slid into the valley of the Wend"
K_BURST_AT = "the Haldermere dam burst at quarter past four in the morning"
H_EAST = "the eastern end of Haldermere dam had given way"
INSURERS = "Insurers put the cost of the damage at 30 million pounds in a first estimate."
K_30 = "The damage could top £30million, insurers reckon."
N_48 = "The insurers' association now puts the cost of the damage at £48m"
P_48 = "The insurers’ latest figure for the damage, £48 million"
MAY = "Police said the company may have been warned of a leak before the collapse."
K_WARNED = "Farmer Mick Tarrant, 61, says he warned Marrow Water TWICE last month that the dam was leaking."
H_WARNED = "Mick Tarrant, who keeps sheep at High Sled Farm below the dam, told us that he reported a leak to the company in October."
H_RANG = "\"I rang them twice about a wet patch you could lose a dog in,\" Mr Tarrant said."
N_RANG = "the farmer who says that he telephoned the company twice in October"
P_RANG = "Michael Tarrant, a sheep farmer, has said that he telephoned the company twice in October to report water coming through the embankment."
N_DENIED = "It also denied that it had been warned of a leak."
N_NO_RECORD = "\"We have no record of any call from Mr Tarrant,\" a spokeswoman said"
P_NO_RECORD = "The company says it can find no trace of the calls."
COUNCIL = "\"Nobody told this council that there was anything wrong with that dam,\" Tarrant said."
H_COUNCIL = "\"Nobody told this council that there was anything wrong with that dam,\" Ms Tarrant said."
INQUIRY = "Environment Minister Priya Castellan ordered an independent inquiry"
N_JUDGE = "She has asked a retired judge, Dame Cora Whitlock, to lead the independent inquiry."
TRAVEL = "she would travel to Tarnholt on Monday"
N_VISIT = "The environment minister, Priya Castellan, visited Tarnholt on Monday morning"
P_VISIT = "Ms Castellan went to Tarnholt on Monday"
SCHOOL = "The town's primary school was flooded up to its window sills, the council said."
H_SCHOOL = "The primary school was flooded to the sills but is standing."
K_SCHOOL = "The town’s primary school was flattened"
HOUSEHOLDS = "supplies 60,000 households"
P_HOUSEHOLDS = "Some 60,000 households drank from Haldermere."
N_PEOPLE = "The dam supplies drinking water to 60,000 people."
H_1987 = "since 1987, when three people were killed after the Wend burst its banks"
P_1987 = "In 1987 three people died there when the Wend broke its banks"
H_RESIGN = "She called on the head of Marrow Water, Gavin Strand, to resign."
K_REFUSED = "then REFUSED to quit"
N_REFUSED = "The chief executive, Gavin Strand, said he would not step down."
P_REFUSED = "Mr Strand, whose pay came to £1.3 million last year, has ruled out resigning"
P_RESIGN = "Joan Tarrant, who leads the county council, says he ought to"
SOLDIERS = "The leader of Marrowdale council, Joan Tarrant, said soldiers would join the search on Monday."
K_TROOPS = "Troops will be sent in this morning to hunt for the missing."
N_SOLDIERS = "Soldiers joined the search on Monday"
H_31 = "Marrow General admitted 31 injured people."
N_31 = "Thirty-one people were injured"
HURT = "Twenty-six people were hurt"
K_HURT = "Another 26 were injured."
ST_HILDS = "St Hild's, in Kelder Bay, treated six others for shock and sent them home."
H_FIVE = "Five people are now known to have died"
N_FIVE = "Five people have died"
P_FIVE = "killed five people in the town of Tarnholt"
DOORS = "\"We went from door to door with loudhailers"
HALL = "moved from their homes to a sports hall in Kelder Bay, 14 miles away"
E_HALL = "moved from their homes to the Bay Road sports hall in Kelder Bay, 14 miles away"
E_DOORS = "Kelder Bay opens its doors to flood families"
H_POWER = "About 900 homes are still without power"
N_POWER = "Power is back in all but 400 homes"
TESTED = "The siren was last tested in June, and that test was heard as far away as Sallow Ford."
UPPER = "The Upper Haldermere dam, two miles to the north, was inspected on Sunday night and found to be safe"
CORRECTED = "The building was flooded but is standing."

STATEMENTS = [
    ("Part of the Haldermere dam above Tarnholt gave way.", [
        (L, "dam fails above Tarnholt"),
        (L, "Part of a dam above the market town of Tarnholt gave way early on Sunday"),
        (L, "The western end of the Haldermere dam failed"),
        (E, "Part of a dam above the market town of Tarnholt gave way early on Sunday"),
        (E, "The western end of the Haldermere dam failed"),
        (K, "dam bursts on sleeping town"),
        (K, K_BURST_AT),
        (H, H_EAST),
        (N, "a dam collapsed above the town of Tarnholt"),
        (N, "the western end of the Haldermere dam gave way"),
        (P, "its western flank slid into the valley of the Wend"),
    ]),
    ("It gave way at about 3:50 on Sunday morning.", [
        (L, FAILED_AT), (E, FAILED_AT), (N, N_FAILED_AT), (P, P_FAILED_AT),
    ]),
    ("It had rained heavily for two days.", [
        (L, "after two days of heavy rain"), (E, "after two days of heavy rain"),
    ]),
    ("The water went through the town.", [
        (L, "sent a wall of water through its centre"),
        (E, "sent a wall of water through its centre"),
        (K, "a killer flood ripped through their town"),
    ]),
    ("Three people were killed.", [(L, "Three dead"), (L, "killing three people"), (E, "killing three people")]),
    ("Nine people were missing.", [(L, "nine missing", 0), (L, "leaving nine missing"), (E, "leaving nine missing")]),
    ("Twenty-six people were hurt.", [(L, HURT), (E, HURT), (K, K_HURT)]),
    ("Five people were killed.", [(H, "Five dead"), (H, H_FIVE), (N, N_FIVE), (P, P_FIVE)]),
    ("Four people are missing.", [(H, "four are still missing"), (N, "four are missing")]),
    ("Thirty-one people were hurt.", [(H, H_31), (N, N_31)]),
    ("About 1,200 people had to leave their homes.", [
        (L, "About 1,200 people were moved from their homes"),
        (E, "About 1,200 people were moved from their homes"),
        (K, "More than a thousand people had to flee"),
        (N, "About 1,200 people were evacuated"),
    ]),
    ("They were taken in at a sports hall.", [
        (L, HALL), (E, E_HALL), (K, "many spent the night on camp beds in a sports hall"),
    ]),
    ("Haddon said the water was at their waists before they reached Mill Lane.", [
        (L, "the water was at our waists before we reached Mill Lane,\" said Leila Haddon"),
        (E, "\"The water was at our waists before we reached Mill Lane,\" said Leila Haddon"),
    ]),
    ("The firefighters went from door to door with loudhailers.", [
        (L, DOORS),
        (H, DOORS),
        (K, "Firefighters waded along the streets with megaphones, banging on doors to wake families."),
    ]),
    ("Leila Haddon led the first crew at the scene.", [
        (L, "Leila Haddon, who led the first fire crew at the scene"),
        (E, "Leila Haddon, who led the first fire crew at the scene"),
        (K, "Leila Haddon, whose crew got there first"),
    ]),
    ("The dam is 22 metres high.", [
        (L, "The earth dam, which is 22 metres high"), (E, "The earth dam, which is 22 metres high"),
    ]),
    ("The dam belongs to Marrow Water.", [
        (L, "The earth dam, which is 22 metres high, belongs to Marrow Water"),
        (E, "The earth dam, which is 22 metres high, belongs to Marrow Water"),
        (N, "Marrow Water, the owner of the dam"),
    ]),
    ("The dam supplies 60,000 households.", [(L, HOUSEHOLDS), (E, HOUSEHOLDS), (P, P_HOUSEHOLDS)]),
    ("Marrow Water says the dam was inspected in September and no fault was found.", [
        (L, STRAND_INSPECTED), (E, STRAND_INSPECTED), (N, "Marrow Water insists that it did. " + N_INSPECTED), (P, P_INSPECTED),
    ]),
    ("Strand said: we are heartbroken.", [
        (L, "\"We are heartbroken"),
        (E, "\"We are heartbroken"),
        (K, "“We are heartbroken,” he mumbled"),
        (N, "\"We are heartbroken,\" he told NBS."),
    ]),
    ("Strand said the investigators would get everything they ask for.", [
        (L, "we will give the investigators everything they ask for,\" Strand told reporters."),
        (E, "we will give the investigators everything they ask for,\" Strand told reporters."),
    ]),
    ("Marrow Water says its siren sounded at 3:42.", [(L, SIREN), (E, SIREN), (H, H_SIREN)]),
    ("Residents say they heard no siren.", [
        (L, "Several residents said they had heard nothing."),
        (E, "Several residents said they had heard nothing."),
        (K, "furious locals say they never got a warning"),
        (K, NO_SIREN),
        (H, "a town that heard no siren"),
        (H, "The Herald spoke to 14 households in Mill Lane and Chapel Street, and none of them heard it."),
    ]),
    ("The environment minister, Priya Castellan, ordered an inquiry.", [
        (L, INQUIRY),
        (E, INQUIRY),
        (K, "Environment boss Priya Castellan has ordered a probe."),
        (P, "the inquiry that Priya Castellan, the environment minister, has set up"),
    ]),
    ("Castellan would travel to Tarnholt on Monday.", [(L, TRAVEL), (E, TRAVEL)]),
    ("Castellan visited Tarnholt on Monday.", [(N, N_VISIT), (P, P_VISIT)]),
    ("Castellan said people went to bed safe and woke in a river.", [
        (L, "\"People went to bed safe and woke in a river,\" she said."),
        (K, "“People went to bed safe and woke in a river,” she said."),
        (N, "\"People went to bed safe and woke in a river"),
        (P, "“People went to bed safe and woke in a river,”"),
    ]),
    ("Castellan said they are entitled to be angry.", [
        (N, "they are entitled to be angry,\" she said."), (P, "“and they are entitled to be angry.”"),
    ]),
    ("Castellan was shouted at in Tarnholt.", [
        (N, "was heckled outside the library"), (P, "those who had come to shout at her"),
    ]),
    ("Police said the company may have been warned of a leak.", [(L, MAY), (E, MAY)]),
    ("The Wend bridge was destroyed.", [
        (L, "The Wend bridge was washed away"),
        (E, "The Wend bridge was washed away"),
        (H, "The Wend bridge is gone."),
        (N, "The Wend bridge has been destroyed"),
    ]),
    ("The main road to the coast was cut.", [
        (L, "cutting the main road to the coast"), (E, "cutting the main road to the coast"),
    ]),
    ("Insurers first put the damage at £30 million.", [
        (L, INSURERS), (E, INSURERS), (K, K_30), (N, "up from an estimate of £30m on Sunday"),
    ]),
    ("Insurers now put the damage at £48 million.", [(N, N_48), (P, P_48)]),
    ("Joan Tarrant said nobody told the council that anything was wrong with the dam.", [
        (L, COUNCIL),
        (H, H_COUNCIL),
        (H, "Joan Tarrant, the leader of the council, who said that it had never been told"),
    ]),
    ("Soldiers would join the search on Monday.", [(L, SOLDIERS), (K, K_TROOPS)]),
    ("Edith Corran and Paul Idris are among the dead.", [
        (K, "Gran Edith Corran, 81, and dad-of-two Paul Idris, 47, were the first of the dead to be named."),
        (H, "The dead include Edith Corran, 81, who ran our post office until 2009, and Paul Idris, 44"),
    ]),
    ("Mick Tarrant says he told Marrow Water of a leak twice in October.", [
        (K, K_WARNED), (K, "“I rang them twice,” he said."), (H, H_WARNED), (H, H_RANG), (N, N_RANG), (P, P_RANG),
    ]),
    ("Marrow Water says it has no record of his calls.", [(N, N_NO_RECORD), (P, P_NO_RECORD)]),
    ("The inspectorate says the inspection was booked and never took place.", [(N, N_NEVER), (P, P_NEVER)]),
    ("Strand will not resign.", [(K, K_REFUSED), (N, N_REFUSED), (P, P_REFUSED)]),
    ("Strand was paid £1.3 million last year.", [
        (K, "Gavin Strand, who trousered £1.3million last year"),
        (P, "Mr Strand, whose pay came to £1.3 million last year"),
    ]),
    ("Joan Tarrant says Strand should resign.", [(H, H_RESIGN), (P, P_RESIGN)]),
    ("The two Tarrants are not related.", [
        (H, "He is no relation of Joan Tarrant"), (P, "She is not related to the farmer."),
    ]),
    ("The primary school was flooded to its window sills.", [(L, SCHOOL), (H, "The primary school was flooded to the sills")]),
    ("Dame Cora Whitlock, a judge, will lead the inquiry.", [
        (N, N_JUDGE), (P, "The judge she has chosen, Dame Cora Whitlock"),
    ]),
    ("In 1987 three people died when the Wend burst its banks.", [(H, H_1987), (P, P_1987)]),
]

UNIQUE = [
    (L, "two of them seriously"),
    (L, "\"We are looking at what was reported, and to whom,\" Detective Superintendent Ruth Vane said."),
    (L, "The weather service said 94 millimetres of rain had fallen at Haldermere in 24 hours."),
    (L, "It expects no more until Wednesday."),
    (L, "Shares in Marrow Water's parent company, Oxley Utilities, were not traded on Sunday."),
    (E, "\"We ran out of towels by nine o'clock and out of tea by ten,\" said Shirley Maddox, who manages the hall."),
    (E, "By the afternoon Kelder Bay people had brought in 700 blankets and a parrot cage, she said."),
    (E, "Rooms are needed for 40 families with small children."),
    (E, "The Examiner is keeping a list at its office on Strand Street."),
    (E, "The number 9 bus will not run until further notice."),
    (K, "she clung to a chimney with her two children"),
    (K, "Baker Nadia Persaud, 34, clambered on to the roof of her shop in Mill Lane"),
    (K, "“The kitchen was gone in ten seconds,” she told The Lark."),
    (K, "“I held my babies and I counted to a thousand, and then a light came.”"),
    (K, "cars were left hanging in the trees along the cricket ground"),
    (K, "“They told me a man would come. No man came.”"),
    (K, "hid behind his lawyers"),
    (K, "Leila Haddon, whose crew got there first, said: “I have done this for 22 years and I have never been so frightened.”"),
    (H, "The clock of St Oswin's stopped at 4.20am on Sunday, when the water reached the second step of the altar."),
    (H, "the river Wend came down Mill Lane as high as the street lamps"),
    (H, "who ran our post office until 2009"),
    (H, "who drove the school bus"),
    (H, ST_HILDS),
    (H, "whose own house on Chapel Street was lost"),
    (H, "\"You shout a name and you wait for the name to shout back.\""),
    (H, TESTED),
    (H, "Its 210 pupils will have lessons in the Methodist hall from Wednesday, the head teacher, Bronagh Lisk, said."),
    (H, "Drivers for Kelder Bay must go by Sallow Ford, which adds 19 miles."),
    (H, "everybody is asked to boil tap water"),
    (H, "A book of condolence will be open in the library from noon today."),
    (N, "divers went through flooded cellars in Mill Lane"),
    (N, "Detectives searched the head office of Marrow Water, the owner of the dam, and took away computers."),
    (N, "the dam had not been inspected since 2022"),
    (N, "\"My job is to be here while there are people to be found.\""),
    (N, "Tankers have been sent to three villages."),
    (N, UPPER),
    (N, "army engineers hope to lay a temporary one by Friday"),
    (P, "Haldermere passed from a town to a county to a company, and with each sale fewer people walked along its crest"),
    (P, "The men who finished Haldermere in 1904 drove 300 cattle back and forth across its clay core to tread it firm."),
    (P, "It held for 121 years."),
    (P, "“Earth dams do not burst out of nowhere,” said Dr Femi Alder, who teaches dam engineering at Westreach University."),
    (P, "“They weep first, and somebody has to be paid to notice.”"),
    (P, "The inspectorate has nine engineers for 640 large dams; in 2010 it had 23."),
    (P, "Of those dams 41 were built to the same design as Haldermere."),
    (P, "the inquiry of the day recommended a spillway twice as wide"),
    (P, "It was never dug."),
    (P, "is more than Marrow Water has set aside for all of its dams until 2030"),
    (P, "Shares in the parent company, Oxley Utilities, closed 12 per cent lower on Monday."),
    (P, "is to report by Easter"),
    (P, "They will be supplied from the coast, through a main that was laid in 1958 and that nobody, Mr Brace admitted, has inspected either."),
]

# Unique, but asides, signposts and headlines, or what others dispute; marked "minor" in gold.json.
MINOR = [
    (L, "2,300 homes lost power"),
    (E, E_DOORS),
    (E, "based in Kelder Bay"),
    (K, "‘I HELD MY BABIES ON THE ROOF’: Mum’s terror"),
    (K, "at quarter past four in the morning"),
    (K, "Four people were killed and eight are feared drowned."),
    (K, "Paul Idris, 47"),
    (K, K_SCHOOL),
    (K, "outside his £2million villa"),
    (K, "with their dogs and budgies"),
    (H, "Half an hour earlier the eastern end"),
    (H, "Paul Idris, 44"),
    (H, "who keeps sheep at High Sled Farm below the dam"),
    (H, "a wet patch you could lose a dog in"),
    (H, H_POWER),
    (H, "It is the worst flood here"),
    (N, N_SOLDIERS),
    (N, N_DENIED),
    (N, N_PEOPLE),
    (N, N_POWER),
    (P, "The dam that wept before it broke"),
    (P, "Whether anyone had looked at it lately is now in dispute."),
    (P, "Both cannot be right"),
    (P, "will have to say which of them is"),
    (P, "Fewer are."),
    (P, "This is not the first time that Tarnholt has been promised better."),
    (P, "did not stay long"),
]

NEAR_MISSES = [
    *(((a, "killing three people"), b, "the dead of Sunday / of 1987") for a in (L, E) for b in ((H, H_1987), (P, P_1987))),
    ((K, "Four people were killed"), (H, H_1987), "the dead of Sunday / of 1987"),
    *((a, (N, UPPER), "another dam, day and outcome") for a in ((L, STRAND_INSPECTED), (E, STRAND_INSPECTED), (P, P_INSPECTED))),
    *(((a, SIREN), (H, TESTED), "the siren on Sunday / a test in June") for a in (L, E)),
    *(((a, MAY), b, "may have been warned / says he warned") for a in (L, E) for b in ((K, K_WARNED), (H, H_WARNED), (P, P_RANG))),
    *(((H, H_RESIGN), b, "told to resign / refuses to resign") for b in ((K, K_REFUSED), (N, N_REFUSED), (P, P_REFUSED))),
    *(((P, P_RESIGN), b, "told to resign / refuses to resign") for b in ((K, K_REFUSED), (N, N_REFUSED))),
    ((L, COUNCIL), (H, H_RANG), "two people named Tarrant: was not told / told"),
    ((L, COUNCIL), (K, K_WARNED), "two people named Tarrant: was not told / told"),
    ((L, COUNCIL), (N, N_DENIED), "the council / the company was not told"),
    ((H, H_COUNCIL), (N, N_DENIED), "the council / the company was not told"),
    ((L, "Shares in Marrow Water's parent company, Oxley Utilities, were not traded on Sunday."),
     (P, "Shares in the parent company, Oxley Utilities, closed 12 per cent lower on Monday."), "not traded / fell, another day"),
    *((a, (N, N_PEOPLE), "households / people") for a in ((L, HOUSEHOLDS), (E, HOUSEHOLDS), (P, P_HOUSEHOLDS))),
    *((a, (H, ST_HILDS), "all the hurt / those of another hospital")
      for a in ((L, HURT), (E, HURT), (K, K_HURT), (N, N_31))),
    *((a, (P, "the inquiry of the day recommended a spillway twice as wide"), "this inquiry / that of 1987")
      for a in ((L, INQUIRY), (E, INQUIRY), (N, N_JUDGE))),
    *((a, (K, "“I have done this for 22 years and I have never been so frightened.”"), "another quote of one speaker")
      for a in ((L, DOORS), (H, DOORS), (E, "\"The water was at our waists before we reached Mill Lane,\""))),
    *(((a, "The Wend bridge was washed away"), (P, "when the Wend broke its banks"), "a bridge / a river, another year") for a in (L, E)),
    ((L, "2,300 homes lost power"), (N, N_POWER), "lost / is back"),
    ((N, "the dam had not been inspected since 2022"), (P, "a main that was laid in 1958 and that nobody, Mr Brace admitted, has inspected either"),
     "a dam / a main"),
    ((L, "It expects no more until Wednesday."), (H, "Its 210 pupils will have lessons in the Methodist hall from Wednesday"), "rain / lessons"),
]

THREE = [(L, "Three dead"), (L, "killing three people"), (E, "killing three people")]
FIVE = [(H, "Five dead"), (H, H_FIVE), (N, N_FIVE), (P, P_FIVE)]
NINE = [(L, "nine missing", 0), (L, "leaving nine missing"), (E, "leaving nine missing")]
FOUR = [(H, "four are still missing"), (N, "four are missing")]
TOLD = [(K, K_WARNED), (K, "“I rang them twice,” he said."), (H, H_WARNED), (H, H_RANG)]

# What it is about, both sides, whether the later articles only know more.
CONFLICTS = [
    ("number killed: 3 or 5", THREE, FIVE, True),
    ("number killed: 3 or 4", THREE, [(K, "Four people were killed")], True),
    ("number killed: 4 or 5", [(K, "Four people were killed")], FIVE, True),
    ("number missing: 9 or 4", NINE, FOUR, True),
    ("number missing: 9 or 8", NINE, [(K, "eight are feared drowned")], True),
    ("number missing: 8 or 4", [(K, "eight are feared drowned")], FOUR, True),
    ("number hurt: 26 or 31", [(L, HURT), (E, HURT), (K, K_HURT)], [(H, H_31), (N, N_31)], True),
    ("cost: £30 million or £48 million", [(L, INSURERS), (E, INSURERS), (K, K_30)], [(N, N_48), (P, P_48)], True),
    ("homes without power: 900 or 400", [(H, H_POWER)], [(N, N_POWER)], True),
    ("time of the failure: 3:50 or 4:15", [(L, FAILED_AT), (E, FAILED_AT), (N, N_FAILED_AT), (P, P_FAILED_AT)], [(K, K_BURST_AT)], False),
    ("which end failed: west or east",
     [(L, "The western end of the Haldermere dam failed"), (E, "The western end of the Haldermere dam failed"),
      (N, "the western end of the Haldermere dam gave way"), (P, "its western flank slid into the valley of the Wend")],
     [(H, H_EAST)], False),
    ("whether the dam was inspected in September", [(L, STRAND_INSPECTED), (E, STRAND_INSPECTED)], [(N, N_NEVER), (P, P_NEVER)], False),
    ("whether the dam was inspected in September", [(N, N_INSPECTED)], [(P, P_NEVER)], False),
    ("whether the dam was inspected in September", [(P, P_INSPECTED)], [(N, N_NEVER)], False),
    ("whether the siren sounded", [(L, SIREN), (E, SIREN), (H, H_SIREN)], [(K, NO_SIREN)], False),
    ("age of Paul Idris: 44 or 47", [(H, "Paul Idris, 44")], [(K, "Paul Idris, 47")], False),
    ("whether the school stands", [(L, SCHOOL), (H, H_SCHOOL)], [(K, K_SCHOOL)], False),
    ("whether the company was warned", TOLD, [(N, N_DENIED), (N, N_NO_RECORD), (P, P_NO_RECORD)], False),
    ("whether the company was warned", [(P, P_RANG)], [(N, N_DENIED), (N, N_NO_RECORD)], False),
    ("whether the company was warned", [(N, N_RANG)], [(P, P_NO_RECORD)], False),
]

UNSURE = [
    *((a, (N, N_SOLDIERS), "announced / done") for a in ((L, SOLDIERS), (K, K_TROOPS))),
    *(((a, TRAVEL), b, "announced / done") for a in (L, E) for b in ((N, N_VISIT), (P, P_VISIT))),
    *((a, b, "ordered / takes it for granted")
      for a in ((L, INQUIRY), (E, INQUIRY), (K, "Environment boss Priya Castellan has ordered a probe."))
      for b in ((N, N_JUDGE), (P, "The judge she has chosen, Dame Cora Whitlock"))),
    ((N, N_JUDGE), (P, "the inquiry that Priya Castellan, the environment minister, has set up"), "takes it for granted"),
    ((L, SCHOOL), (H, CORRECTED), "in the notice of a correction"),
    ((N, N_DENIED), (P, P_NO_RECORD), "denies / finds no trace"),
    ((L, HALL), (E, E_DOORS), "opens its doors / a sports hall"),
    ((E, E_DOORS), (K, "many spent the night on camp beds in a sports hall"), "opens its doors / a sports hall"),
]

BOILERPLATE = [
    (L, "By Northline News"),
    (L, "TARNHOLT, Nov 9 (Northline) -"),
    (L, "(Reporting by Ines Farrow; Editing by Tom Quist)"),
    (E, "Examiner staff and Northline"),
    (E, "Read more: Bay harbour festival called off"),
    (E, "Read more: Where to leave blankets and clothes"),
    (K, "By KIT BASSEY in Tarnholt"),
    (K, "ADVERTISEMENT"),
    (K, "Were you there? Send your pictures to our newsdesk on 0700 555 0143."),
    (H, "By Aled Renshaw and Sunniva Pike, Herald reporters"),
    (H, "Support the Herald: subscribe from £2 a week."),
    (N, "By Callum Ode\nNBS News, Tarnholt"),
    (N, "Image caption: Mill Lane was under three metres of water"),
    (N, "More on this story\nDam collapse: How to help\nIn pictures: Tarnholt under water"),
    (P, "By Honor Lisle, Environment Editor"),
    (P, "© The Paragon"),
]

# Each quotation whole, and what its speaker may be called. "Tarrant" alone would be two people.
HADDON, STRAND, CASTELLAN = ["Leila Haddon", "Haddon"], ["Gavin Strand", "Strand"], ["Priya Castellan", "Castellan"]
JOAN, MICK = ["Joan Tarrant", "Ms Tarrant"], ["Mick Tarrant", "Michael Tarrant", "Mr Tarrant", "Farmer Mick Tarrant"]
NADIA, ALDER = ["Nadia Persaud", "Nadia", "Baker Nadia Persaud"], ["Dr Femi Alder", "Femi Alder"]
QUOTES = [
    (K, "I HELD MY BABIES ON THE ROOF", NADIA),
    (L, "We went from door to door with loudhailers, and the water was at our waists before we reached Mill Lane,", HADDON),
    (L, "We are heartbroken, and we will give the investigators everything they ask for,", STRAND),
    (L, "People went to bed safe and woke in a river,", CASTELLAN),
    (L, "We are looking at what was reported, and to whom,", ["Detective Superintendent Ruth Vane", "Ruth Vane"]),
    (L, "Nobody told this council that there was anything wrong with that dam,", JOAN),
    (E, "We ran out of towels by nine o'clock and out of tea by ten,", ["Shirley Maddox"]),
    (E, "The water was at our waists before we reached Mill Lane,", HADDON),
    (E, "We are heartbroken, and we will give the investigators everything they ask for,", STRAND),
    (K, "The kitchen was gone in ten seconds,", NADIA),
    (K, "I held my babies and I counted to a thousand, and then a light came.", NADIA),
    (K, "No siren went off, not a peep,", NADIA),
    (K, "I rang them twice,", MICK),
    (K, "They told me a man would come. No man came.", MICK),
    (K, "We are heartbroken,", STRAND),
    (K, "I have done this for 22 years and I have never been so frightened.", HADDON),
    (K, "People went to bed safe and woke in a river,", CASTELLAN),
    (H, "We went from door to door with loudhailers,", HADDON),
    (H, "You shout a name and you wait for the name to shout back.", HADDON),
    (H, "I rang them twice about a wet patch you could lose a dog in,", MICK),
    (H, "Nobody told this council that there was anything wrong with that dam,", JOAN),
    (N, "but it never took place", ["Owen Brace", "Brace"]),
    (N, "We have no record of any call from Mr Tarrant,", ["a spokeswoman"]),
    (N, "We are heartbroken,", STRAND),
    (N, "My job is to be here while there are people to be found.", STRAND),
    (N, "People went to bed safe and woke in a river, and they are entitled to be angry,", CASTELLAN),
    (P, "Earth dams do not burst out of nowhere,", ALDER),
    (P, "They weep first, and somebody has to be paid to notice.", ALDER),
    (P, "People went to bed safe and woke in a river,", CASTELLAN),
    (P, "and they are entitled to be angry.", CASTELLAN),
]

NEUTRAL = [
    (H, "Correction: An earlier version of this article said that the primary school had been destroyed. The building was flooded but is standing. We are sorry for the distress that this caused."),
    (N, "'Heartbroken'"),
    (N, "What we know so far"),
]


def at(place):
    return span(TEXT, *place)


def main():
    gold = {
        "story": "The Haldermere dam fails above Tarnholt",
        "statements": [
            {"id": f"s{i:02d}", "text": text, "mentions": by_place(map(at, mentions))}
            for i, (text, mentions) in enumerate(STATEMENTS, 1)
        ],
        "unique": by_place([*map(at, UNIQUE), *({**at(place), "minor": True} for place in MINOR)]),
        "near_misses": [{"a": at(a), "b": at(b), "why": why} for a, b, why in NEAR_MISSES],
        "conflicts": [
            {"about": about, "a": at(a), "b": at(b), **({"develops": True} if develops else {})}
            for about, left, right, develops in CONFLICTS for a in left for b in right
        ],
        "unsure": [{"a": at(a), "b": at(b), "why": why} for a, b, why in UNSURE],
        "boilerplate": by_place(map(at, BOILERPLATE)),
        "neutral": by_place(map(at, NEUTRAL)),
        "quotes": by_place({**at((article, quote)), "speakers": speakers} for article, quote, speakers in QUOTES),
    }
    for fault in faults(gold, TEXT):
        print(fault)
    write(gold, HERE)
    counts = {key: len(value) for key, value in gold.items() if key != "story"}
    print(counts, "mentions", sum(len(s["mentions"]) for s in gold["statements"]))


if __name__ == "__main__":
    main()
