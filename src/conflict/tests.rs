//! What contradicts what: a table of pairs for each kind, read both ways round inside a story.

use super::*;
use crate::clean::Kind as SentenceKind;

/// What stands around a pair: another event altogether says nothing of it.
const STORY: &[&str] = &[
    "A freight train left the rails near the village of Lower Marsh late at night.",
    "Crews worked through the dark to clear the line.",
    "Residents described a long grinding noise.",
    "The operator declined to comment.",
    "An inquiry led by the transport safety office will report in the spring.",
    "Engineers were still clearing wreckage at dawn.",
    "The driver, Emel Karsten, is 41.",
];

/// Where two sentences say otherwise, and what is told of that.
pub(super) fn read(left: &str, right: &str) -> (Vec<Difference>, Vec<Conflict>) {
    read_in([left, right], [&[], &[]], [None, None])
}

/// The same with what the two articles say besides, and the days on which they were published.
pub(super) fn read_in(
    first: [&str; 2],
    more: [&[&str]; 2],
    published: [Option<&str>; 2],
) -> (Vec<Difference>, Vec<Conflict>) {
    let told = [0, 1].map(|at| [&[first[at]], more[at]].concat());
    let texts: Vec<(usize, &str)> = (told.into_iter().chain(STORY.iter().map(|&text| vec![text])).enumerate())
        .flat_map(|(article, texts)| texts.into_iter().map(move |text| (article, text)))
        .collect();
    let articles: Vec<_> = (0..2 + STORY.len())
        .map(|at| {
            let mut article = Article::new(at.to_string(), "");
            article.published = published.get(at).copied().flatten().map(str::to_owned);
            article
        })
        .collect();
    let sentence = |&(article, text): &(usize, &str)| Sentence {
        article: article.into(),
        index: 0,
        span: Span::new(0, text.len()),
        kind: SentenceKind::Body,
    };
    let sentences: Vec<_> = texts.iter().map(sentence).collect();
    let texts: Vec<&str> = texts.into_iter().map(|(_, text)| text).collect();
    let scorer = Scorer::new(&texts, articles.len(), None).unwrap();
    let readings = Readings::new(&scorer, &articles, &sentences);
    let other = 1 + more[0].len();
    let found = differences(&scorer, &readings, 0, other, scorer.log_odds(&[(0, other)])[0], None);
    let mut told: Vec<_> = judge((0.into(), other.into()), found.clone()).collect();
    told.retain(|conflict| conflict.probability >= MIN_TOLD);
    (found, told)
}

/// The rules find a difference of this kind with these words, both ways round.
fn assert_found(kind: Kind, cases: &[(&str, &str, &str, &str)]) {
    let found = |left: &str, right: &str| -> Vec<(String, String)> {
        let of_kind = read(left, right).0.into_iter().filter(|difference| difference.kind == kind);
        of_kind.map(|one| (one.left.of(left).to_owned(), one.right.of(right).to_owned())).collect()
    };
    for &(left, right, a, b) in cases {
        assert_eq!(found(left, right), [(a.to_owned(), b.to_owned())], "{left} / {right}");
        assert_eq!(found(right, left), [(b.to_owned(), a.to_owned())], "{right} / {left}");
    }
}

/// What is told is the same with the sides swapped.
fn assert_symmetric(left: &str, right: &str) {
    let told = |left: &str, right: &str| -> Vec<(Kind, u32)> {
        read(left, right).1.into_iter().map(|conflict| (conflict.kind, conflict.probability.to_bits())).collect()
    };
    assert_eq!(told(left, right), told(right, left), "{left} / {right}");
}

/// Whether a difference of a kind that is no conflict, and one that may be, is found, both ways round.
pub(super) fn assert_apart(kind: Kind, cases: &[(&str, &str, bool)]) {
    for &(left, right, apart) in cases {
        for (left, right) in [(left, right), (right, left)] {
            let found: Vec<bool> =
                read(left, right).0.iter().filter(|one| one.kind == kind).map(Difference::is_apart).collect();
            assert_eq!(found, [apart], "{left} / {right}");
        }
    }
}

/// Nothing is told of a pair, either way round.
fn assert_quiet(cases: &[(&str, &str)]) {
    for &(left, right) in cases {
        assert_eq!(read(left, right).1, [], "{left} / {right}");
        assert_symmetric(left, right);
    }
}

#[test]
fn figures_of_one_thing_differ() {
    assert_found(
        Kind::Number,
        &[
            ("Fourteen people were injured.", "Seventeen people were hurt.", "Fourteen", "Seventeen"),
            (
                "14 people were taken to hospital with injuries.",
                "Arven General treated 17 people for injuries.",
                "14",
                "17",
            ),
            (
                "Five people were killed in the blaze on Saturday.",
                "Four people were killed in the blaze.",
                "Five",
                "Four",
            ),
            (
                "Repairs to the bridge could cost $40 million.",
                "The repair bill might come to $52 million.",
                "$40 million",
                "$52 million",
            ),
            ("The deal is worth £2bn.", "The deal is worth $2bn.", "£2bn", "$2bn"),
            ("Six people have fallen ill.", "The number of people who fell ill stood at 41.", "Six", "41"),
            ("A gang of five men robbed the bakery.", "The bakery was robbed by four men.", "five", "four"),
            ("Two workers were killed.", "Three bakers were killed.", "Two", "Three"),
            ("Nobody was hurt.", "Five passengers were hurt.", "Nobody", "Five"),
            ("There were two gunmen.", "A single gunman was there.", "two", "single"),
            ("Nineteen miners are trapped.", "Thirty-three men are trapped.", "Nineteen", "Thirty-three"),
            ("The 34-year-old singer wore a green coat.", "The singer, 36, wore a green coat.", "34-year-old", "36"),
            ("Marta Solberg, 67, was flown to hospital.", "Solberg, who is 76, was flown to hospital.", "67", "76"),
            (
                "He was sentenced to two years in prison.",
                "He was sentenced to 2 1/2 years in prison.",
                "two years",
                "2 1/2 years",
            ),
            ("The city saw four days of riots.", "Eight days of riots shook the city.", "four days", "Eight days"),
            (
                "At least three people were killed when the roof fell in.",
                "Nine people were killed when the roof fell in.",
                "three",
                "Nine",
            ),
            (
                "The ship was making six knots when it struck.",
                "The ship hit it at 8.7 knots.",
                "six knots",
                "8.7 knots",
            ),
            ("The tower is 300 feet high.", "The tower is 300 metres high.", "300 feet", "300 metres"),
            // One number, of those left out and of the rest; of where it went and of how far.
            ("All but five of the tenants left.", "Only five of the tenants left.", "All but five", "Only five"),
            ("All but three of the 12 schools shut.", "Three of the 12 schools shut.", "All but three", "Three"),
            ("The fee was cut to $12.", "The fee was cut by $12.", "to $12", "by $12"),
            ("The rate fell to 2.1% in May.", "The rate fell by 2.1 points in May.", "to 2.1%", "by 2.1 points"),
        ],
    );
}

#[test]
fn figures_that_agree_or_count_other_things_are_no_conflict() {
    assert_quiet(&[
        ("Fourteen people were injured.", "14 people were hurt."),
        ("The blast injured 50 people.", "The blast killed three people."),
        ("Two men and two women were killed in the crash.", "Four people were killed in the crash."),
        ("The refund covers half a million drivers.", "The refund covers 500,000 drivers."),
        ("About 20 people were hurt in the crash.", "The crash hurt 21 people."),
        ("At least 22 people were killed.", "22 people were killed."),
        ("Shares of Arlen Corp. fell 3.1 percent to $12.40.", "Shares of Corwin Inc. fell 3.1 percent to $45.00."),
        ("The strike lasted 48 hours.", "The strike lasted two days."),
        ("The token expires on 14 November.", "The token expires on Nov. 14."),
        ("Marta Solberg, 67, was hurt.", "Her neighbour Ivo Lenk, 76, was hurt."),
        ("The girl, 12, was found asleep.", "The boy, 14, was found asleep."),
        ("The walkout lasted about a week.", "The walkout lasted eight days."),
        ("The centre has a population of 9,000.", "The centre sold 4,000 tickets."),
        // In other units, by another clock.
        ("The wall is 20 feet high.", "The wall is six metres high."),
        ("The lake is 5 miles across.", "The lake is 8 km across."),
        ("The mill blew up at 21:00 local time.", "The mill blew up at 19:00 GMT."),
        // Two parts of a whole, and the parts and their sum.
        ("Seven of the nine judges agreed.", "Two of the nine judges dissented."),
        ("Eleven of the 15 towns took the deal.", "Four of the 15 towns did not take the deal."),
        ("The chain shut 30 shops in Arven and 12 in Corwin.", "The chain shut 42 shops in Arven and Corwin."),
        // Who was left out, and who stayed.
        ("All but five of the tenants left.", "Five of the tenants did not leave."),
        ("All but three of the 12 schools shut.", "Nine of the 12 schools shut."),
        ("All but five of the tenants left.", "Seven of the tenants left."),
        // How far it went, and where to.
        ("The toll fell 11 percent to 42 crowns.", "The toll fell 5 crowns to 42."),
    ]);
}

#[test]
fn two_figures_change_places() {
    for (left, right) in [
        ("Two cooks were killed and nine guests were hurt.", "Nine cooks were killed and two guests were hurt."),
        ("The storm felled 40 trees and hit 25 homes.", "The storm felled 25 trees and hit 40 homes."),
    ] {
        let (found, told) = read(left, right);
        assert_eq!(found.iter().filter(|one| one.kind == Kind::Number).count(), 2, "{left} / {right}");
        assert!(!told.is_empty(), "{left} / {right}");
        assert_symmetric(left, right);
    }
    assert_quiet(&[(
        "Two cooks were killed and nine guests were hurt.",
        "Nine guests were hurt and two cooks killed.",
    )]);
}

#[test]
fn who_did_it_to_whom_differs() {
    for (left, right) in [
        ("Emel Karsten sued the mayor.", "The mayor sued Emel Karsten."),
        ("Arven beat Corwin on Sunday.", "Corwin beat Arven on Sunday."),
        ("A tram hit a lorry.", "A lorry hit a tram."),
        ("\"The board cheated Karsten,\" said Dahl.", "\"Karsten cheated the board,\" said Dahl."),
    ] {
        assert!(read(left, right).0.iter().any(|one| one.kind == Kind::Role), "{left} / {right}");
    }
    assert_quiet(&[
        ("Emel Karsten met the mayor.", "The mayor met Emel Karsten."),
        ("Arven drew with Corwin on Sunday.", "Corwin drew with Arven on Sunday."),
        ("The ferry collided with a tug.", "A tug collided with the ferry."),
        ("The city bought the mill from Karsten.", "Karsten sold the mill to the city."),
        (
            "\"We will sue,\" said the lawyer of the mill, Ida Lund.",
            "The mill's lawyer, Ida Lund, said: \"We will sue.\"",
        ),
        ("\"They told the union nothing,\" added Ida Lund.", "Ida Lund added: \"They told the union nothing.\""),
    ]);
}

#[test]
fn two_things_turned_twice_are_no_conflict_and_no_link() {
    for (left, right) in [
        ("Trains were not delayed.", "Buses were delayed."),
        ("Coffee prices rose in June.", "Tea prices fell in June."),
        ("Support rose among the young.", "Support fell among the old."),
        ("Flights to Arven were not cancelled.", "Flights to Corwin were cancelled."),
        ("Eleven of the 15 towns accepted the deal.", "Four of the 15 towns rejected the deal."),
        ("Lund will lead the inquiry.", "Lund or Dahl will lead the inquiry."),
    ] {
        for (left, right) in [(left, right), (right, left)] {
            assert!(read(left, right).0.iter().any(Difference::is_apart), "{left} / {right}");
        }
        assert_quiet(&[(left, right)]);
    }
    assert_quiet(&[
        ("The road is open to all but lorries.", "The road is closed to lorries."),
        ("Arven bought the mill in 2004.", "Arven sold the mill in 2019."),
    ]);
}

#[test]
fn times_and_days_differ() {
    assert_found(
        Kind::Time,
        &[
            (
                "The fire broke out at about 7:15 p.m.",
                "The fire broke out at around 7:40 p.m.",
                "7:15 p.m.",
                "7:40 p.m.",
            ),
            (
                "Officers searched the yard until 1:30 a.m.",
                "Officers searched the yard until 1:15 a.m.",
                "1:30 a.m.",
                "1:15 a.m.",
            ),
        ],
    );
    assert_found(
        Kind::Date,
        &[
            (
                "The token for the harbour gate expires 2026-11-14.",
                "The token for the harbour gate expires 2026-11-24.",
                "2026-11-14",
                "2026-11-24",
            ),
            (
                "The unions called a general strike for Monday.",
                "The unions called a general strike for Tuesday.",
                "Monday",
                "Tuesday",
            ),
            (
                "The mill burned down on Saturday night.",
                "The mill burned down on Saturday afternoon.",
                "Saturday night",
                "Saturday afternoon",
            ),
            ("The painter Ida Lund died on Friday.", "Ida Lund died at home on Thursday.", "Friday", "Thursday"),
        ],
    );
    assert_quiet(&[
        ("The fire broke out at 7:15 p.m.", "The fire broke out at 19:15."),
        ("The bridge may open soon.", "The bridge may open in May."),
        ("The bridge closed, police said Monday.", "The bridge closed, police said Tuesday."),
        ("The roof fell in overnight on Tuesday.", "The roof fell in in the early hours of Wednesday."),
        ("The roof fell in late on Tuesday.", "The roof fell in early on Wednesday."),
    ]);
}

#[test]
fn what_one_denies_the_other_says() {
    assert_found(
        Kind::Negation,
        &[
            ("No fuel had leaked from the ship.", "Fuel leaked from the ship into the harbour.", "No fuel", "Fuel"),
            ("No arrests have been made.", "Police made two arrests on Friday.", "No arrests", "arrests"),
            ("Divers have yet to search the wreck.", "The wreck was searched by divers.", "yet to search", "searched"),
            (
                "The dam was inspected in May.",
                "An inspection of the dam never took place.",
                "inspected",
                "inspection of the dam never",
            ),
        ],
    );
    assert_quiet(&[
        ("No fuel had leaked from the ship.", "The ship leaked no fuel."),
        ("Not only fuel leaked from the ship.", "Fuel leaked from the ship."),
        ("Did fuel leak from the ship?", "No fuel leaked from the ship."),
        (
            "\"We will pay nothing,\" said Ida Lund, head of the union.",
            "Ida Lund, head of the union, said: \"We will pay nothing.\"",
        ),
    ]);
}

#[test]
fn what_is_plain_is_told() {
    for (left, right) in [
        (
            "A fire at the Harl bakery killed two workers and injured nine others on Tuesday, the fire service said.",
            "A fire at the Harl bakery killed three workers and injured nine others on Tuesday, the fire service said.",
        ),
        ("14 people were hurt.", "17 people were hurt."),
        ("The bridge will reopen in May.", "The bridge will not reopen in May."),
        ("The minister met the families.", "The minister did not meet the families."),
        ("It happened on Monday.", "It happened on Tuesday."),
        ("Ida Lund won the vote.", "Ida Lund lost the vote."),
        ("Repairs will cost $40 million.", "Repairs will cost $52 million."),
    ] {
        assert_eq!(read(left, right).1.len(), 1, "{left} / {right}");
        assert_symmetric(left, right);
    }
}

#[test]
fn times_before_and_after_may_be_one() {
    assert_quiet(&[(
        "The fire at the Harl bakery began shortly before 12:30 a.m. on Tuesday.",
        "The fire at the Harl bakery began just after midnight on Tuesday.",
    )]);
}

#[test]
fn what_somebody_does_not_speak_of_is_not_what_he_says() {
    assert_quiet(&[
        ("The owner of the Harl bakery said it will shut.", "The owner of the Harl bakery declined to comment."),
        ("The Harl bakery commented on the fire.", "The Harl bakery did not say who lit the ovens."),
    ]);
}

#[test]
fn a_sentence_does_not_contradict_its_copy() {
    for text in [
        "“We train for fires like this, but hope they never happen.",
        "The harbour was open to all but lorries, and nobody knows why it was closed.",
        "Ida Lund may resign, she said, but she will not.",
    ] {
        assert_eq!(read(text, text), (Vec::new(), Vec::new()), "{text}");
    }
    assert_quiet(&[
        ("We train for fires like this, but hope they never happen.", "We train for fires like this, she said."),
        (
            "We train for fires like this, but hope they never happen.",
            "“We train for fires like this, but we hope they never happen,” she said.",
        ),
    ]);
}

#[test]
fn what_holds_of_people_alone_is_told_of_people() {
    let told = |left: &str, right: &str| read(left, right).0.iter().any(|one| one.kind == Kind::State);
    for (left, right, expected) in [
        ("Arven police arrested the gunman.", "Arven police released the gunman.", true),
        ("The gunman was arrested in Arven.", "The gunman was released in Arven.", true),
        ("Arven police arrested the gunman.", "Arven police released a photograph of the gunman.", false),
        ("Arven police arrested the gunman.", "Arven police released photographs of the gunman.", false),
        ("The gunman was detained in Arven.", "The names of the dead in Arven were released.", false),
        ("The gunman was detained in Arven.", "A statement on the Arven gunman has been released.", false),
    ] {
        assert_eq!(told(left, right), expected, "{left} / {right}");
        assert_eq!(told(right, left), expected, "{right} / {left}");
    }
}

#[test]
fn what_differs_has_a_name() {
    for (left, right, what) in [
        ("Marta Solberg, 67, was flown to hospital.", "Solberg, 76, was flown to hospital.", "age of Marta Solberg"),
        ("Revenue rose 6% over the year.", "Revenue rose 11% over the year.", "share: revenue"),
        ("The fine was 30,000 crowns.", "The fine was 50,000 crowns.", "fine"),
        ("The roof will cost $2m.", "The roof will cost $5m.", "cost: roof"),
        ("A cook of the day shift rang.", "A cook of the night shift rang.", "shift"),
        ("Arven bought the mill from the state.", "Arven sold the mill to the state.", "mill"),
        ("The eastern end of the dam failed.", "The western end of the Halder dam failed.", "end of the dam"),
        ("Ida Lund, 36, was held.", "PORT ARVEN – Lund, 63, was held.", "age of Ida Lund"),
        ("PORT ARVEN – Ida Lund, 36, was held.", "HALDER - Ida Lund, 63, was held.", "age of Ida Lund"),
        ("The woman was in hospital for 30 days.", "The woman was in hospital for 50 days.", "how long"),
        ("The eastern gate was open.", "The eastern gate was closed.", "gate"),
        ("The harbour is open.", "The harbour is not open.", "whether: harbour is open"),
        ("The miners accepted the offer.", "The miners rejected the offer.", "whether: accepted the offer"),
        (
            "The bank will cover the whole loss.",
            "The bank will cover none of the loss.",
            "whether: cover the whole loss",
        ),
        ("The mine is 15km from the lake, the army said.", "The mine is 50km from the lake, the army said.", "length"),
        ("Police seized coins worth $20m in the port.", "Police seized coins worth $30m in the port.", "coins"),
        ("The board fined the bank $12m on Friday.", "The board fined the bank $15m on Friday.", "bank"),
        ("The woman took $4,000 from the builder.", "The woman took $9,000 from the builder.", "amount of money"),
        ("It was the coldest for 30 years.", "It was the coldest for 50 years.", "how long"),
        ("Holt crossed the line in third place.", "Holt crossed the line in fourth place.", "place in the order"),
        ("A six-man crew from Dale won the cup.", "A nine-man crew from Dale won the cup.", "crew"),
        ("The tank held fuel.", "The tank held no fuel.", "whether: tank held fuel"),
        ("Smoke was seen at noon.", "No smoke was seen at noon.", "whether: smoke was seen"),
        ("The alarm went off at once.", "The alarm stayed silent at once.", "alarm"),
        ("The mill will close its bakery.", "The mill will not close its bakery.", "whether: close its bakery"),
        ("The bridge will reopen in May.", "The bridge will not reopen in May.", "whether: bridge will reopen"),
        (
            "A signal error caused the crash.",
            "The crash was not caused by a signal error.",
            "whether: caused the crash",
        ),
    ] {
        for (left, right) in [(left, right), (right, left)] {
            let found: Vec<String> = read(left, right).0.into_iter().map(|one| one.what).collect();
            assert!(found.iter().any(|one| one == what), "{left} / {right}: {found:?}");
        }
    }
}

#[test]
fn one_and_the_same_does_it_or_does_not() {
    for (left, right, plain) in [
        ("Ida Lund pleaded guilty to theft.", "Ida Lund pleaded not guilty to all of it.", true),
        ("The crew found a wreck.", "The crew has not found anything.", true),
        ("Ida Lund stayed in Arven.", "Ida Lund never stayed in Corwin but came back from Arven.", false),
        ("The crew found a wreck.", "The divers have not found a wreck.", false),
    ] {
        for (left, right) in [(left, right), (right, left)] {
            let found = read(left, right).0;
            let any = found.iter().any(|one| one.kind == Kind::Negation && one.signs[Sign::plain as usize] > 0.0);
            assert_eq!(any, plain, "{left} / {right}: {found:?}");
        }
    }
}

#[test]
fn a_birthday_may_lie_between_two_articles() {
    let told = |published: [&str; 2]| {
        let texts = ["The baker Ida Lund, 57, was tried.", "The baker Ida Lund, 58, was tried."];
        let articles: Vec<_> = [0, 1]
            .map(|at| {
                let mut article = Article::new(at.to_string(), texts[at]);
                article.published = Some(published[at].to_owned());
                article
            })
            .into();
        let sentence = |at: usize| Sentence {
            article: at.into(),
            index: 0,
            span: Span::new(0, texts[at].len()),
            kind: SentenceKind::Body,
        };
        let sentences: Vec<_> = (0..2).map(sentence).collect();
        let scorer = Scorer::new(&texts, 2, None).unwrap();
        let readings = Readings::new(&scorer, &articles, &sentences);
        differences(&scorer, &readings, 0, 1, 0.0, None).len()
    };
    assert_eq!(told(["2026-01-10", "2026-04-20"]), 0);
    assert_eq!(told(["2026-01-10", "2026-01-11"]), 1);
    assert_eq!(told(["2026-04-20", "2026-01-10"]), 1);
}

#[test]
fn another_name_stands_in_the_same_place() {
    assert_found(
        Kind::Name,
        &[(
            "The falling signal struck Emel in the back as she fled the cab.",
            "The falling signal struck Tove in the back as she fled the cab.",
            "Emel",
            "Tove",
        )],
    );
    assert_found(
        Kind::Name,
        &[("Marta Solberg won the vote.", "Tove Abara won the vote.", "Marta Solberg", "Tove Abara")],
    );
    assert_quiet(&[("Marta Solberg won the vote in 2011.", "Tove Abara won the vote in 2015.")]);
}

#[test]
fn states_follow_each_other() {
    assert_found(
        Kind::State,
        &[
            ("The gunman is still at large.", "The gunman was arrested at a petrol station.", "at large", "arrested"),
            ("The steward was in critical condition.", "The steward died on Tuesday.", "critical", "died"),
        ],
    );
    assert_quiet(&[("The gunman was arrested.", "The gunman was taken into custody.")]);
}

#[test]
fn what_lets_both_be_right_is_seen() {
    for (left, right, sign) in [
        ("Arlen shares rose 12% on Monday.", "Arlen shares gained 3% on Tuesday.", Sign::other_occasion),
        ("Arlen shares rose 12% on Monday.", "Arlen shares gained 3% on Tuesday.", Sign::other_move),
        ("The court heard Karsten on Thursday.", "On Friday the court did not hear Karsten.", Sign::other_occasion),
        ("Norland has 4,000 troops there.", "Vessen has 9,000 troops there.", Sign::other_subject),
        ("Ida Lund will resign.", "The minister, Karin Dahl, will not resign.", Sign::other_subject),
        ("The coast line will open on Thursday.", "The hill line will open on Saturday.", Sign::other_subject),
        ("The average fine was $400.", "The maximum fine was $900.", Sign::qualified),
        ("She pleaded guilty to theft.", "She pleaded not guilty to fraud.", Sign::qualified),
        ("Trains to the coast were not running.", "Trains to the capital were running.", Sign::other_subject),
        ("Trains were not delayed.", "Buses were delayed.", Sign::other_subject),
        ("The hard apples are not affected.", "The soft apples are affected.", Sign::other_subject),
        ("Online sales grew by 30%.", "Sales in the shops fell by 12%.", Sign::other_subject),
        ("The mill expects 40 guests.", "The mill had 60 guests.", Sign::other_occasion),
        ("The mill made a profit of $9 million last year.", "It will make $7 million next year.", Sign::other_occasion),
        ("Ida Lund lost the vote two years ago.", "Ida Lund won the vote six years ago.", Sign::other_occasion),
        ("Tove Abara, 29, was hurt.", "The captain, 54, was hurt.", Sign::named_on_one),
    ] {
        for (left, right) in [(left, right), (right, left)] {
            let found = read(left, right).0;
            assert!(found.iter().any(|one| one.signs[sign as usize] > 0.0), "{left} / {right}: {found:?}");
        }
    }
    for (left, right) in [
        ("The line will open on Thursday.", "The line will open on Saturday."),
        ("Arlen shares rose 12% on Monday.", "The shares of Arlen gained 7% on Monday."),
        ("The train was doing 90 miles an hour.", "The train was travelling at 60 mph."),
        ("The trains to the coast were not delayed.", "The trains were delayed."),
        ("The mill was built four years ago.", "The mill was built nine years ago."),
        ("The mill made a profit of $9 million last year.", "The mill made $7 million last year."),
    ] {
        let found = read(left, right).0;
        let aside = [Sign::other_occasion, Sign::other_subject, Sign::qualified];
        let any = found.iter().any(|one| aside.iter().any(|&sign| one.signs[sign as usize] > 0.0));
        assert!(!found.is_empty() && !any, "{left} / {right}: {found:?}");
    }
}

#[test]
fn one_thing_said_in_two_ways_is_no_difference() {
    for (left, right) in [
        // What a sum is in another currency depends on the day.
        ("The buyer offered $40bn (£22bn) for the mine.", "The mine was offered $40bn (£24bn) by the buyer."),
        ("About 900 homes are still dark.", "In all 2,300 homes went dark."),
        // A part, and what makes up the whole.
        ("Nine people were treated, two of them for burns.", "Two people were being treated for burns."),
        ("More than 60 people died.", "62 people died."),
        // Whoever is asked to go may stay; a plan is not yet done.
        ("She called on the minister to resign.", "The minister said he would not resign."),
        ("The hospital is to be cleared.", "The hospital has not yet been cleared."),
        // One side tells how the one became the other.
        ("The steward was in critical condition.", "The steward, who had been in critical condition, died."),
        ("The minister has issued no orders to the crews.", "The minister has not issued any orders to the crews."),
        ("\"I can't speak for the crew,\" she said.", "\"I cant speak for the crew,\" she said."),
        (
            "The falling signal struck Emel in the back as she fled the cab.",
            "The falling signal struck Karsten in the back as she fled the cab.",
        ),
        ("The train from Bristow, TN left the rails at dawn.", "The train from Bristow, Tenn. left the rails at dawn."),
        (
            "Mick Tove, a sheep farmer, rang the office twice in October.",
            "Michael Tove, a sheep farmer, rang the office twice in October.",
        ),
    ] {
        for (left, right) in [(left, right), (right, left)] {
            let (found, _) = read(left, right);
            assert!(found.is_empty(), "{left} / {right}: {found:?}");
        }
    }
}

#[test]
fn who_lets_a_thing_and_who_has_it_from_him_say_the_same() {
    let found = |left: &str, right: &str| read(left, right).0.iter().any(|one| one.kind == Kind::Opposite);
    for (left, right, expected) in [
        ("The barn was rented from a riding club.", "The riding club owns the barn and shut it.", false),
        ("The riding club rented the barn.", "The riding club owned the barn.", true),
    ] {
        assert_eq!(found(left, right), expected, "{left} / {right}");
        assert_eq!(found(right, left), expected, "{right} / {left}");
    }
}
