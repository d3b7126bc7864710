"""Write gold.json for the bundled story of the bridge from the quotes listed below: `python make_gold.py`.

Labelling rules
* A mention is the shortest contiguous clause or sentence that asserts the statement. Spans may overlap: one clause can
  carry two statements ("struck the bridge at 5:42" carries the strike and its time).
* More or less detail is still the same statement; another number, agent, object, place or polarity is not.
* Bare references ("the crash", a person's title or office beside the name) are not labelled.
* Statements that only repeat a caption, byline or other furniture are boilerplate, never statements.
* Offsets are Python code points of the article's text.
"""
import sys
from pathlib import Path

import storydiff

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from labels import by_place, faults, span, write  # noqa: E402

TEXT = {a.id: a.text for a in storydiff.read_articles(HERE.parents[2] / "python/storydiff/sample")}

M, C, B, T, G = "meridian", "chronicle", "beacon", "tidewatch", "gazette"

STATEMENTS = [
    ("The cargo ship Corvina Star struck a pier of the Lantern Bridge in Port Arven.", [
        (M, "Cargo ship hits Lantern Bridge in Port Arven"),
        (M, "A cargo ship that had lost power struck the Lantern Bridge at the mouth of Port Arven harbour on Tuesday"),
        (M, "The Corvina Star hit the bridge's fourth pier at 5:42 a.m."),
        (C, "the Corvina Star, the container vessel that ploughed into its fourth pier at 5.42am on Tuesday"),
        (B, "a giant cargo ship smashed into the Lantern Bridge"),
        (B, "the runaway Corvina Star careered into the Port Arven landmark"),
        (T, "Half an hour later she drove into Pier 4 of the Lantern Bridge."),
        (G, "the Corvina Star struck the Lantern Bridge at 5:42am on Tuesday"),
    ]),
    ("The collision happened at 5:42 a.m. on Tuesday.", [
        (M, "The Corvina Star hit the bridge's fourth pier at 5:42 a.m."),
        (C, "ploughed into its fourth pier at 5.42am on Tuesday"),
        (G, "the Corvina Star struck the Lantern Bridge at 5:42am on Tuesday"),
    ]),
    ("Two bridge maintenance workers were killed.", [
        (M, "killing two workers"),
        (M, "killing two maintenance workers"),
        (C, "two dead"),
        (C, "Two members of an overnight maintenance crew were killed"),
        (B, "Two road workers died in the horror."),
        (T, "Two people who went to work on that bridge on Monday night are dead."),
        (G, "Two of the city's own bridge maintenance team were killed"),
    ]),
    ("The dead were Marek Soto, 41, and Lina Abara, 29.", [
        (B, "They were named last night as Marek Soto, 41, and Lina Abara, 29"),
        (G, "Two of the city's own bridge maintenance team were killed: Lina Abara, 29, and Marek Soto, 41"),
    ]),
    ("Fourteen people were injured.", [
        (M, "Fourteen people were injured"),
        (C, "14 hurt"),
        (C, "14 people were taken to hospital with injuries"),
    ]),
    ("Seventeen people were injured.", [
        (B, "Seventeen people were hurt"),
        (G, "Arven General treated 17 people for injuries"),
    ]),
    ("A third maintenance worker is missing.", [
        (M, "one worker was still missing late on Tuesday"),
        (C, "a third has not been found"),
        (G, "Divers are still looking for a third member of the team."),
    ]),
    ("About 60 metres of the bridge deck fell into the water.", [
        (M, "sending a section of roadway into the water"),
        (M, "About 60 metres of the deck collapsed"),
        (C, "ship brings down part of Lantern Bridge"),
        (C, "A sixty-metre length of carriageway dropped into the channel"),
        (B, "A 60m chunk of road plunged into the sea"),
        (G, "About 60m of the road deck is gone."),
    ]),
    ("The Lantern Bridge is closed to all traffic.", [
        (M, "the bridge was closed to all traffic until further notice"),
        (C, "the bridge has been closed in both directions"),
        (B, "The crossing is now SHUT"),
        (T, "And the bridge itself? Closed, obviously."),
        (G, "The bridge is closed to all vehicles and pedestrians"),
    ]),
    ("The bridge will not reopen for at least six months.", [
        (C, "it could not reopen for at least six months"),
        (B, "drivers were told it will stay that way for at least half a year"),
        (G, "the city says it will be at least six months before anyone drives over it again"),
    ]),
    ("The ship lost power minutes before it struck the bridge.", [
        (M, "A cargo ship that had lost power"),
        (C, "Corvina Star lost engine power in the final minutes of its departure"),
        (C, "the ship went dark"),
        (C, "Its engines and lights failed some four minutes before impact"),
        (B, "blacked out minutes before the crash"),
        (T, "She blacked out roughly four minutes before she struck"),
    ]),
    ("The Corvina Star sails under the Liberian flag.", [
        (M, "The Liberian-flagged vessel"),
        (T, "The Corvina Star is a 212m box ship under the Liberian flag"),
    ]),
    ("The Corvina Star is 212 metres long.", [
        (M, "The Liberian-flagged vessel, which is 212 metres long"),
        (T, "The Corvina Star is a 212m box ship"),
    ]),
    ("The ship was carrying 2,900 containers.", [
        (M, "was carrying 2,900 containers"),
        (B, "stacked with 2,900 containers"),
        (T, "with 2,900 boxes aboard"),
    ]),
    ("The ship was bound for Valparaíso.", [
        (M, "was bound for Valparaíso"),
        (T, "headed for Valparaíso"),
    ]),
    ("Brandt Oyelaran Lines owns the ship.", [
        (M, "The ship's owner, Brandt Oyelaran Lines"),
        (C, "Brandt Oyelaran Lines, the family-controlled company that owns the ship"),
        (T, "she belongs to Brandt Oyelaran Lines"),
        (G, "The ship's owner, Brandt Oyelaran Lines"),
    ]),
    ("The owner says the captain asked the port for a second tug and was refused.", [
        (M, "The ship's owner, Brandt Oyelaran Lines, said the captain had asked the port authority for a second tug and that the request was refused."),
        (C, "According to Brandt Oyelaran Lines, the family-controlled company that owns the ship, its master requested a second tug and was turned down by the harbour authority"),
        (B, "His bosses claim he begged port chiefs for a second tug and got a flat NO."),
        (T, "The owners say the master wanted a second tug and the port wouldn’t give him one."),
        (G, "The ship's owner, Brandt Oyelaran Lines, said the captain had asked the port authority for a second tug and that the request was refused."),
    ]),
    ("The company said its crew did everything that seamanship required.", [
        (M, "\"Our crew did everything that seamanship required of them,\" the company said in a statement."),
        (G, "\"Our crew did everything that seamanship required of them,\" the company said in a statement."),
    ]),
    ("The harbour authority says it has no record of a request for a second tug.", [
        (M, "The Port Arven Harbour Authority said it had no record of any such request."),
        (C, "the harbour authority, which insists that it can find no trace of such a request"),
        (G, "The Port Arven Harbour Authority said it had no record of any such request."),
    ]),
    ("Petra Lindqvist said that one tug was ordered.", [
        (M, "\"One tug was ordered, and one tug was sent,\" said its chief executive, Petra Lindqvist."),
        (C, "“One tug was ordered,” said Petra Lindqvist, who runs the authority"),
        (G, "\"One tug was ordered, and one tug was sent,\" said its chief executive, Petra Lindqvist."),
    ]),
    ("Transport minister Tomas Rehn ordered a public inquiry.", [
        (M, "Transport Minister Tomas Rehn ordered a public inquiry"),
        (C, "Tomas Rehn, who has held the transport brief for eleven months, announced a public inquiry"),
        (B, "Transport boss Tomas Rehn ordered a full public inquiry."),
        (T, "the transport minister has called a public inquiry"),
    ]),
    ("Rehn said the $2.4 billion bridge programme would be reviewed.", [
        (M, "said the government's $2.4 billion bridge programme would be reviewed"),
        (C, "promised to look again at how his department’s 2.4bn-dollar programme for bridges is being spent"),
    ]),
    ("Rehn said families are owed the truth.", [
        (M, "\"Families are owed the truth, and they will get it quickly,\" Rehn told reporters."),
        (B, "“Families are owed the truth,” he said."),
    ]),
    ("Opposition leader Agnès Delorme said Rehn should resign.", [
        (C, "That did not satisfy Agnès Delorme, the leader of the opposition, who said that he should resign."),
        (B, "opposition chief Agnès Delorme told him to quit"),
    ]),
    ("Prime minister Helena Dufour sent condolences to the bereaved families.", [
        (M, "Prime Minister Helena Dufour sent condolences to the families of the dead"),
        (C, "Helena Dufour, the prime minister, offered the bereaved families her condolences"),
        (B, "PM Helena Dufour sent her sympathies to the grieving families."),
    ]),
    ("Mayor Inés Calloway declared a state of emergency.", [
        (M, "Mayor Inés Calloway declared a state of emergency in the city"),
        (B, "Mayor Inés Calloway, 46, has declared a state of emergency."),
        (G, "Mayor Inés Calloway declared a state of emergency at City Hall."),
    ]),
    ("Police questioned the captain for several hours.", [
        (M, "Police questioned the captain for several hours."),
        (C, "The ship’s captain, a 54-year-old who has not been named, was interviewed by detectives for several hours"),
        (B, "Cops grilled the skipper for hours."),
    ]),
    ("Investigators recovered the voyage data recorder.", [
        (M, "Investigators recovered the ship's voyage data recorder on Tuesday afternoon."),
        (T, "the investigators already have the black box"),
    ]),
    ("The coastguard said no fuel leaked from the ship.", [
        (M, "The coastguard said no fuel had leaked from the ship."),
        (G, "The coastguard reported no fuel leak from the ship"),
    ]),
    ("The Corvina Star was detained in Hesse in March over generator faults and released after four days.", [
        (M, "The Corvina Star was detained in the port of Hesse in March over faults in its generators, and was released after four days, a maritime safety database shows."),
        (T, "The Corvina Star was detained in the port of Hesse in March over faults in its generators, and was released after four days, a maritime safety database shows."),
    ]),
    ("The harbour is closed to shipping for two days.", [
        (M, "The harbour was closed to shipping for a two-day period"),
        (T, "The port stays shut to ships for 2 days."),
    ]),
    ("A free ferry starts crossing the harbour on Wednesday morning.", [
        (M, "A free passenger ferry will start crossing the harbour on Wednesday morning."),
        (B, "Free ferries start running across the harbour this morning"),
        (G, "A free ferry will run from Fish Steps to Northgate every 20 minutes from Wednesday morning"),
    ]),
    ("Repairs could cost $40 million, by the city engineers' first estimate.", [
        (M, "Repairs could cost $40 million, a preliminary estimate by the city's engineers showed."),
        (G, "City engineers put a first estimate of the repair bill at $40m"),
    ]),
    ("Repairs could cost $52 million.", [
        (C, "the bill for repairing it might come to $52 million"),
        (B, "Fixing it could sting taxpayers for $52million."),
    ]),
    ("Brandt Oyelaran shares fell 9%.", [
        (M, "Shares in Brandt Oyelaran Lines fell 9% in afternoon trading"),
        (C, "Brandt Oyelaran’s shares lost 9 per cent of their value by the close"),
    ]),
    ("The bridge opened in 1967.", [
        (C, "the Lantern Bridge opened in 1967"),
        (G, "Opened in 1967"),
    ]),
    ("The bridge carries 38,000 vehicles a day.", [
        (C, "Some 38,000 vehicles cross the bridge on an ordinary day"),
        (T, "Every day 38,000 vehicles go over those piers."),
        (G, "it carries 38,000 vehicles a day"),
    ]),
    ("Lorries face a 70-kilometre detour through Hollin.", [
        (C, "hauliers now face a detour of 70 kilometres by way of Hollin"),
        (G, "Lorries must go round by Hollin, a 70km detour."),
    ]),
    ("After the ship's mayday, harbour police blocked both ends of the bridge within 90 seconds.", [
        (C, "a mayday from its officers allowed harbour police to stop traffic at both ends of the bridge within 90 seconds"),
        (T, "the mayday went out, and the harbour cops had both ends of the bridge blocked in a minute and a half"),
        (G, "Harbour police blocked the approaches within 90 seconds of the ship's mayday."),
    ]),
    ("Officials say that stopping the traffic saved lives.", [
        (C, "a response that officials credit with saving dozens of lives"),
        (T, "Officials say that saved lives"),
    ]),
    ("Fisherman Danilo Reyes pulled four people from the water.", [
        (C, "Danilo Reyes, a fisherman who was hauling his pots nearby, pulled four people from the water."),
        (B, "Hero fisherman plucks four from harbour"),
        (B, "he dragged four people from freezing water"),
        (G, "hauled four people out of the water into his boat"),
    ]),
    ("Reyes was tending his pots when the ship struck.", [
        (C, "Danilo Reyes, a fisherman who was hauling his pots nearby"),
        (B, "Danilo Reyes, 58, was checking his lobster pots"),
    ]),
    ("Reyes said it sounded like thunder.", [
        (B, "“It sounded like thunder,” said the dad-of-three."),
        (G, "\"It sounded like thunder,"),
    ]),
    ("Reyes said that the road just wasn't there.", [
        (C, "“The road just wasn’t there,” he said."),
        (B, "“And then the road just wasn’t there.”"),
        (G, "and then the road just wasn't there,\" he told the Gazette."),
    ]),
    ("In 2019 consulting engineers warned that the bridge piers had no protection against a modern ship.", [
        (C, "a report commissioned in 2019, in which consulting engineers warned that the bridge’s piers had no protection against a modern ship"),
        (T, "But I keep coming back to 2019. That was the year the consultants put it in black and white: the piers were naked, with nothing around them to stop a modern hull."),
    ]),
    ("The consultants recommended concrete barriers around the piers at a cost of $8 million.", [
        (C, "They recommended ringing them with concrete barriers at a cost of $8 million"),
        (T, "They asked for concrete collars, price tag $8m"),
    ]),
    ("The transport ministry rejected the barriers as too expensive.", [
        (C, "a proposal that the transport ministry rejected as too expensive"),
        (T, "the ministry said too dear and binned the idea"),
    ]),
    ("A candlelit vigil will be held at St Brannoc's on Wednesday evening.", [
        (B, "mourners will hold a candlelit vigil at St Brannoc’s church tonight"),
        (G, "A candlelit vigil will be held at St Brannoc's at 7pm on Wednesday."),
    ]),
]

UNIQUE = [
    (M, "at the mouth of Port Arven harbour"),
    (M, "three of them critically"),
    (M, "cancelled a trade visit abroad"),
    (M, "which allows her to call in army engineers"),
    (M, "A breath test found no alcohol in his blood, a police spokeswoman said."),
    (M, "The device will be sent to a laboratory in the capital, where analysis is expected to take ten days."),
    (M, "holding up 11 vessels outside"),
    (M, "their steepest one-day drop in four years"),
    (C, "Questions for ministers"),
    (C, "the largest ships that passed beneath it were less than half the size of the Corvina Star"),
    (C, "left the country’s third city cut in two"),
    (C, "most of them motorists whose cars had stopped just short of the gap"),
    (C, "Engineers who examined what remains of the structure by drone"),
    (C, "nearly a fifth of the city’s annual budget"),
    (C, "“You do not patch a thing like this; you take it down to the rock and begin again,” said Prof Anselm Korte, a structural engineer at the Technical University of Veldmark."),
    (C, "What happened in the minutes before the collision is already a matter of bitter dispute."),
    (C, "the family-controlled company"),
    (C, "adding that she would not be “lectured on safety by a firm whose other ships are falling apart”"),
    (C, "She was alluding to the Corvina Moon, a sister ship, which was detained in the port of Hesse in March of last year over faults in its lifeboats."),
    (C, "The maintenance crew, working in a steel gantry slung beneath the deck, had no radio."),
    (C, "The authority’s radar log shows that the ship was making six knots when it struck."),
    (C, "For the government, the more awkward questions concern a report"),
    (C, "The minister of the day has since left politics for the board of a toll-road operator."),
    (C, "who has held the transport brief for eleven months"),
    (C, "to be led by a retired judge"),
    (C, "“A minister who can file a report unread can also leave a room unasked,” she told parliament."),
    (C, "has so far declined to say whether she retains confidence in Mr Rehn"),
    (C, "a 54-year-old who has not been named"),
    (C, "allowed to return to his hotel"),
    (C, "Investors were quicker to pass judgment"),
    (C, "The freight lobby reckons that the diversion will cost its members $300,000 a day."),
    (B, "Of the first woman he reached, Danilo said: “She grabbed my sleeve and would not let go, even on the jetty.”"),
    (B, "who was due to be married in June"),
    (B, "including a six-year-old boy whose leg was broken"),
    (B, "taking three cars and a bread van with it"),
    (B, "He was seen weeping on the quay with a blanket round his shoulders."),
    (B, "The Beacon can reveal that inspectors in Brightwater gave the ship a clean bill of health only nine days ago."),
    (B, "fuel leaked from the ship into the harbour, according to anglers who posted photos of dead fish"),
    (B, "he was booed by relatives outside the hospital"),
    (B, "Bookies have already cut the odds on Rehn losing his job by Christmas to 2-1."),
    (T, "Corvina Star: what the tracking data tells us (and what the port won’t)"),
    (T, "I spent nineteen years as a harbour pilot, so I’ll keep the emotion out of this as best I can"),
    (T, "First the basics, for anyone arriving from elsewhere."),
    (T, "launched in 2008 from a yard that has since gone bust"),
    (T, "She slipped her lines at Berth 9 at ten past five"),
    (T, "I pulled the AIS track last night."),
    (T, "the generators came back for about 40 seconds, then died again"),
    (T, "Her speed at impact was 8.7 knots."),
    (T, "That’s not drifting, folks, that’s a battering ram."),
    (T, "Now the tug row."),
    (T, "A pilot I trust tells it the other way round: the port authority asked the captain to wait for a second tug, and it was the captain who refused. I can’t prove it."),
    (T, "The VHF recordings would settle the matter in an afternoon, and the port hasn’t published them."),
    (T, "Then there’s her record."),
    (T, "Let that sink in."),
    (T, "for once I agree with them"),
    (T, "It keeps the last twelve hours of sound from the wheelhouse, coffee cups and all."),
    (T, "I’ve read the minutes of that meeting, and the item took six minutes."),
    (T, "The new cruise terminal got $90m the very same year."),
    (T, "Good. I’d rather he began with the port’s own towage rules, which nobody has touched since 1998."),
    (T, "I think that’s wildly optimistic, because there are at least thirty containers on the bottom of the channel."),
    (T, "I’ll update this post when the crew list comes out."),
    (G, "'We felt it in our kitchen': Port Arven wakes to a broken bridge"),
    (G, "Breakfast cups rattled all along Quay Street"),
    (G, "\"We felt it in our kitchen and I thought it was an earthquake,\" said Maud Ferris, 71, whose windows look straight down the channel."),
    (G, "who coached the under-12s at Arven Rovers"),
    (G, "the hospital has put out an appeal for blood donors"),
    (G, "a familiar face at the Saturday fish market"),
    (G, "his boat, the Little Agnes"),
    (G, "\"I have fished under that bridge for thirty years and never once looked up.\""),
    (G, "The N4 night bus had crossed three minutes earlier with nine passengers on board, said its driver, Colm Iveson."),
    (G, "from Fish Steps to Northgate every 20 minutes"),
    (G, "The Ferrow Bridge upstream was closed to lorries over 7.5 tonnes."),
    (G, "Schools on the north shore will open at 10am for the rest of the week."),
    (G, "Councillor Bram Oduya said Ms Lindqvist should resign."),
    (G, "money the council says it does not have"),
    (G, "to the relief of the oyster growers at Saltpan Creek"),
    (G, "The bell ringers have asked anyone who can ring to come early."),
]

# Unique, but asides, signposts or opinions rather than facts; marked "minor" in gold.json.
MINOR = (
    "Questions for ministers", "Engineers who examined", "What happened in the minutes", "For the government, the more",
    "Investors were quicker", "Corvina Star: what the", "First the basics", "I pulled the AIS", "That’s not drifting",
    "Now the tug row", "Then there’s her record", "Let that sink in", "for once I agree", "I’ll update this post",
    "'We felt it in our kitchen'",
)

TUG_M = "the captain had asked the port authority for a second tug and that the request was refused"
TUG_SWAP = (T, "the port authority asked the captain to wait for a second tug, and it was the captain who refused")
HESSE = "The Corvina Star was detained in the port of Hesse in March over faults in its generators"
MOON = (C, "the Corvina Moon, a sister ship, which was detained in the port of Hesse in March of last year over faults in its lifeboats")
LEAK = (B, "fuel leaked from the ship into the harbour, according to anglers")
FERROW = (G, "The Ferrow Bridge upstream was closed to lorries over 7.5 tonnes.")
ODUYA = (G, "Councillor Bram Oduya said Ms Lindqvist should resign.")
NO_LEAK_M = (M, "The coastguard said no fuel had leaked from the ship.")
NO_LEAK_G = (G, "The coastguard reported no fuel leak from the ship")

NEAR_MISSES = [
    ((M, TUG_M), TUG_SWAP, "role swap: who asked and who refused"),
    ((G, TUG_M), TUG_SWAP, "role swap: who asked and who refused"),
    ((C, "its master requested a second tug and was turned down by the harbour authority"), TUG_SWAP,
     "role swap: who asked and who refused"),
    ((M, HESSE), MOON, "another ship, year and fault"),
    ((T, HESSE), MOON, "another ship, year and fault"),
    (NO_LEAK_M, LEAK, "negation: no fuel leaked / fuel leaked"),
    (NO_LEAK_G, LEAK, "negation: no fuel leaked / fuel leaked"),
    ((M, "the bridge was closed to all traffic until further notice"), FERROW, "another bridge, closed to some lorries only"),
    ((C, "the bridge has been closed in both directions"), FERROW, "another bridge, closed to some lorries only"),
    ((C, "Agnès Delorme, the leader of the opposition, who said that he should resign"), ODUYA,
     "another speaker and another person asked to resign"),
    ((B, "opposition chief Agnès Delorme told him to quit"), ODUYA, "another speaker and another person asked to resign"),
    ((M, HESSE), (B, "inspectors in Brightwater gave the ship a clean bill of health only nine days ago"),
     "another inspection, place, date and result"),
    ((M, "The harbour was closed to shipping for a two-day period"), (C, "the bridge has been closed in both directions"),
     "harbour closed to ships / bridge closed to traffic"),
]

CONFLICTS = [
    ("number injured: 14 or 17", [(M, "Fourteen people were injured"), (C, "14 people were taken to hospital with injuries"), (C, "14 hurt")],
     [(B, "Seventeen people were hurt"), (G, "Arven General treated 17 people for injuries")]),
    ("repair cost: $40 million or $52 million",
     [(M, "Repairs could cost $40 million"), (G, "City engineers put a first estimate of the repair bill at $40m")],
     [(C, "the bill for repairing it might come to $52 million"), (B, "Fixing it could sting taxpayers for $52million.")]),
    ("speed at impact: 6 or 8.7 knots", [(C, "the ship was making six knots when it struck")], [(T, "Her speed at impact was 8.7 knots.")]),
    ("whether fuel leaked from the ship", [NO_LEAK_M, NO_LEAK_G], [LEAK]),
]

CAPTION = "The Lantern Bridge at Port Arven on Tuesday morning. Photograph: Ola Verhoeven"
COMMENT = "Leave a comment. Your email address will not be published."
BOILERPLATE = [
    (M, "By Stefan Aldous"),
    (M, "PORT ARVEN (Meridian News) —"),
    (M, "(Reporting by Stefan Aldous; Editing by Marta Quill)"),
    (M, "© Meridian News. All rights reserved."),
    (C, "By Eleanor Prewitt, Transport Correspondent"),
    (C, CAPTION, 0),
    (C, CAPTION, 1),
    (C, "Sign up for our newsletter: First Edition, the Chronicle’s morning briefing, in your inbox at 6am."),
    (C, "© Chronicle Media Group"),
    (B, "By Dex Malloy and Tara Finch"),
    (B, "SHARE THIS STORY: Facebook | WhatsApp | X"),
    (B, "Do YOU know someone caught up in the disaster? Email our newsdesk."),
    (B, COMMENT),
    (T, "Posted by Hanneke in Casualties | 14 comments"),
    (T, "Sign up for our newsletter | Buy me a coffee | RSS"),
    (T, COMMENT),
    (G, "By Joss Pemberton, Gazette staff"),
    (G, "PORT ARVEN —"),
    (G, CAPTION),
    (G, "Additional reporting by Meridian News."),
    (G, COMMENT),
    (G, "© Port Arven Gazette"),
]


def at(place):
    return span(TEXT, *place)


def main():
    gold = {
        "story": "Cargo ship Corvina Star strikes the Lantern Bridge in Port Arven",
        "statements": [
            {"id": f"s{i:02d}", "text": text, "mentions": by_place(map(at, mentions))}
            for i, (text, mentions) in enumerate(STATEMENTS, 1)
        ],
        "unique": by_place(map(at, UNIQUE)),
        "near_misses": [{"a": at(a), "b": at(b), "why": why} for a, b, why in NEAR_MISSES],
        "conflicts": [
            {"about": about, "a": at(a), "b": at(b)} for about, left, right in CONFLICTS for a in left for b in right
        ],
        "boilerplate": by_place(map(at, BOILERPLATE)),
    }
    for u in gold["unique"]:
        if u["text"].startswith(MINOR):
            u["minor"] = True
    for fault in faults(gold, TEXT):
        print(fault)
    write(gold, HERE)


if __name__ == "__main__":
    main()
