//! What the scanner must know of a language: its abbreviations, by what may follow them, and the words that
//! open sentences. A word in lower case stands for any case, one with a capital only for itself and all capitals.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// What an abbreviation's full stop says about the end of the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Something always follows: titles, "e.g.".
    Inner,
    /// A number follows: "No. 5"; before another capital it is a word like others: "etc.".
    Number,
    /// May end a sentence: "Inc.", "Ave."; it does when a word follows that opens sentences.
    Final,
}

pub(super) struct Language {
    /// Bytes that may begin a mark: `.`, `!`, `?`, `)`, and the first bytes of the marks beyond ASCII.
    pub marks: [bool; 256],
    /// A terminator that only this language has: `;` asks in Greek, `:` ends in Armenian.
    pub mark: Option<char>,
    abbreviations: FxHashMap<&'static str, Abbreviation>,
    openers: FxHashSet<&'static str>,
    /// What is written short after a number: "320 м." ends a sentence where a capital follows.
    units: FxHashSet<&'static str>,
    /// Words that say who spoke: what they follow belongs to the quote before it.
    speech: FxHashSet<&'static str>,
    /// Days, months, time zones: what follows "5 p.m." without ending the sentence.
    calendar: FxHashSet<&'static str>,
    /// Ordinal numbers carry a full stop: "am 3. Oktober".
    pub ordinals: bool,
    /// A full stop before a word in lower case may end a sentence, as in hasty English.
    pub lower_starts: bool,
}

struct Table {
    codes: &'static [&'static str],
    inner: &'static str,
    number: &'static str,
    finals: &'static str,
    openers: &'static str,
    calendar: &'static str,
    ordinals: bool,
}

impl Language {
    fn new(table: &Table) -> Self {
        let mut abbreviations = FxHashMap::default();
        for (words, kind) in [
            (table.finals, Abbreviation::Final),
            (table.number, Abbreviation::Number),
            (table.inner, Abbreviation::Inner),
        ] {
            abbreviations.extend(words.split_whitespace().map(|word| (word, kind)));
        }
        abbreviations.extend(["N°", "Nº", "n°", "nº"].map(|word| (word, Abbreviation::Number)));
        let mark = match table.codes {
            ["el", ..] => Some(';'),
            ["hy", ..] => Some(':'),
            _ => None,
        };
        let mut marks = [false; 256];
        for byte in [b'.', b'!', b'?', b')', 0xCD, 0xD6, 0xD8, 0xDB, 0xE0, 0xE1, 0xE2, 0xE3, 0xEF] {
            marks[usize::from(byte)] = true;
        }
        if let Some(c) = mark {
            marks[c as usize] = true;
        }
        let english = table.codes.contains(&"en");
        let cyrillic = table.codes.iter().any(|code| matches!(*code, "ru" | "uk"));
        let words = |words: &'static str, known: bool| words.split_whitespace().filter(move |_| known).collect();
        Self {
            marks,
            mark,
            units: words(UNITS, cyrillic),
            speech: words(SPEECH, english),
            abbreviations,
            openers: table.openers.split_whitespace().collect(),
            calendar: table.calendar.split_whitespace().collect(),
            ordinals: table.ordinals,
            lower_starts: english,
        }
    }

    /// What kind of abbreviation `word`, written before a full stop, is.
    pub fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        if word.len() > 16 {
            return None;
        }
        self.abbreviations
            .get(word)
            .or_else(|| self.abbreviations.get(word.to_lowercase().as_str()).filter(|_| word.chars().nth(1).is_some()))
            .or_else(|| {
                let capitals = word.len() > 1 && !word.chars().any(char::is_lowercase);
                capitals.then(|| self.abbreviations.get(titlecase(word).as_str()))?
            })
            .copied()
    }

    /// Whether a capitalised `word` is one that opens sentences rather than a name.
    pub fn opens(&self, word: &str) -> bool {
        self.openers.contains(word)
    }

    /// Whether `word`, written short, is a measure of the number before it.
    pub fn is_unit(&self, word: &str) -> bool {
        self.units.contains(word)
    }

    /// Whether `word`, in lower case, is a title where a capital begins it: "le prof.".
    pub fn is_title_in_lower_case(&self, word: &str) -> bool {
        word.starts_with(char::is_lowercase)
            && self.abbreviations.get(titlecase(word).as_str()) == Some(&Abbreviation::Inner)
    }

    /// Whether `word` says that somebody spoke.
    pub fn is_speech(&self, word: &str) -> bool {
        self.speech.contains(word)
    }

    /// Whether `word` names a day, a month or a time zone.
    pub fn is_calendar(&self, word: &str) -> bool {
        self.calendar.contains(word)
    }
}

const UNITS: &str = "г гг м км см мм кг га л т руб коп млн млрд трлн тыс мин сек ч чел дол долл грн тис хв год р рр";
const SPEECH: &str = "said says asked asks shouted cried yelled called replied answered added told wondered wrote screamed \
                      exclaimed joked tweeted posted insisted demanded begged whispered recalled remembered quipped laughed \
                      responded warned declared snapped urged exhorted inquired queried continued pleaded roared chanted sang \
                      mused murmured muttered sighed sobbed pondered retorted countered protested complained remarked enquired \
                      barked bellowed growled grumbled teased scoffed yells shouts cries wonders recalls adds answers";

pub(super) fn titlecase(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars.flat_map(char::to_lowercase)).collect()
}

static LANGUAGES: LazyLock<FxHashMap<&'static str, Language>> = LazyLock::new(|| {
    TABLES.iter().flat_map(|table| table.codes.iter().map(|code| (*code, Language::new(table)))).collect()
});

static ANY: LazyLock<Language> = LazyLock::new(|| Language::new(&OTHER));

/// The rules of a language by its code ("en", "en-GB", "zh_TW"); a language without a table gets what holds in all.
pub(super) fn language(code: &str) -> Option<&'static Language> {
    let primary = code.split(['-', '_']).next().unwrap_or("");
    if !(2..=3).contains(&primary.len()) || !primary.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    Some(LANGUAGES.get(primary.to_ascii_lowercase().as_str()).unwrap_or(&ANY))
}

const OTHER: Table = Table {
    codes: &[],
    inner: "Dr Mr Mrs Ms Prof St e.g i.e cf vs",
    number: "No Nr p pp vol fig",
    finals: "etc Inc Ltd Co Corp Jr Sr",
    openers: "",
    calendar: "",
    ordinals: false,
};

const TABLES: &[Table] = &[
    Table {
        codes: &["en"],
        inner: "Mr Mrs Ms Messrs Mx Dr Drs Prof Profs Rev Fr Hon Pres Gov Govs Gen Gens Sen Sens Rep Reps Adm Brig Capt Cmdr Comm Comdt Cpt Dir \
                Cdr Col Cpl Lt Maj Sgt Pvt Pfc Spc Det Dets Insp Supt Ofc Cllr Amb Asst Dep Tpr Ptl Ald Chmn Commr Lcpl Sgts Mt Mts Ft Msgr Mgr Mlle Mme Pte Sec Treas Supt Atty \
                e.g eg i.e ie f.e cf vs v viz c ca al approx incl esp resp aka a.k.a med btw dept assoc assn Assn Assoc \
                Sta Ste Dist Ens Gy WO Mmes Sra Sras Srta Dra Comdr Cdre Bgen LtCol LtGen MajGen SSgt TSgt MSgt SMSgt CMSgt GySgt SgtMaj LCpl \
                Pt P.S PS op cit trans illus repr rev orig voc eds ibid P.O",
        number: "etc i.v N° No Nos no nos p pp par para fig figs Fig Figs eq Eq vol vols Vol ch chap Ch sec Sec Sect art Art Rs rs cl Cl \
                 Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec ed est Est pop Pop Tab c ver ext Ext tel Tel n Ps Gal Rom Cor Matt",
        finals: "Inc Ltd Co Cos co Corp LLC Plc plc Jr Sr jr sr Esq Bros Mfg Intl Univ Dept Ave Blvd Rd Ln Hwy Fwy Pkwy Expy Tpke Twp Hts Sq Pl Ct \
                 St st ave blvd rd Apt apt Bldg Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mich Minn Miss Mo Mont Neb Nev \
                 Okla Ore Pa Penn Tenn Tex Va Vt Wash Wis Wyo Que Ont B.C D.C N.Y min max avg hr hrs mins secs lb lbs oz ft sq pt pts km mi \
                 cal gal qt yd yds kg cm ml hp mph kph rpm yr yrs mo mos Tues Thurs a.m p.m Ph.D M.D B.A M.A U.S U.K U.N E.U U.S.A",
        openers: "The A An This That These Those There Here It Its It's He She They We You I His Her Hers Their Our Your My In On \
                  At By For From With Without Within After Before During Since Until Till While When Whenever Where Wherever Because Although \
                  Though If Unless As And But Or Nor Yet So Not No Yes Now Then Thus Therefore However Moreover Furthermore Meanwhile \
                  Nevertheless Still Also Instead Otherwise Perhaps Maybe Even Just Only Once Both Either Neither Each Every All Any Some \
                  Many Most Much More Few Several Such Other Others Another One Two Three What Which Who Whom Whose Why How Did Does Do Is Are \
                  Was Were Will Would Can Could Should Shall May Might Must Have Has Had Let Please Under Over Through Between Among About \
                  Against Across According Despite Because Like Unlike Today Yesterday Tomorrow Later Earlier Last Next Recently First \
                  Second Finally Everyone Everybody Nobody Someone Nothing Everything Something People Police Officials Millions Thousands \
                  Hundreds Dozens Travelers",
        calendar: "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun January \
                   February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct \
                   Nov Dec ET EST EDT CT CST CDT MT MST MDT PT PST PDT GMT UTC BST CET CEST AEST AEDT IST JST Eastern Pacific Central Mountain \
                   Local Greenwich",
        ordinals: false,
    },
    Table {
        codes: &["de"],
        inner: "Dr Prof Hr Fr Frl Hrn Fa Fam Gebr Abg Bgm Vors stv stellv St Ing Dipl Mag Bros z.B z.b d.h d.i med phil jur rer nat oec h.c i.d.R i.d.r u.a u.U u.u v.a a.D a.d o.ä o.g s.o s.u bzw bspw \
                ca ggf evtl inkl exkl einschl insb insbes sog vgl geb gest gegr verh jun sen hl allg amtl bes dt engl frz ital span \
                lat griech ehem eigtl entspr Feldm Gen Ges Hptm Oblt Kap kath ev kgl max min mind Min Mio Mrd Mill Ltn Okt Nov Dez Jan Feb \
                Mrz Apr Jun Jul Aug Sep Sept tgl vorm nachm wg zzgl abzgl zw östl westl nördl südl röm zit i e f a Chr v n",
        number: "usw etc Nr Nrn Art Abs Abb Aufl Bd Bde Kap S Ziff Tab Tel Pkt Lit Hs Par Anm",
        finals: "u.ä Co Corp Inc Ltd AG Str str Jh Jhd jr sr ff Std Sek Stk",
        openers: "Der Die Das Ein Eine Einer Eines Einem Einen Es Er Sie Wir Ihr Ich Du Man Dies Dieser Diese Dieses Diesem Diesen \
                  Jener Jene Jenes Im In An Am Auf Aus Bei Beim Bis Durch Für Gegen Mit Nach Seit Trotz Um Unter Vom Von Vor Während Wegen \
                  Zu Zum Zur Zwischen Über Aber Allerdings Also Auch Außerdem Bisher Da Dabei Dadurch Dafür Dagegen Daher Damals Damit Danach \
                  Daneben Dann Darauf Darin Darüber Darum Dass Davon Dazu Denn Dennoch Derzeit Deshalb Doch Dort Ebenso Erst Etwa Heute \
                  Gestern Morgen Hier Hierbei Jedoch Jetzt Kein Keine Mehr Mein Meine Nicht Noch Nun Nur Ob Obwohl Oder Ohne Schon Sein \
                  Seine Seither Selbst So Sobald Sogar Somit Später Und Unser Viele Wann Warum Was Weil Weitere Weiter Wenn Wer Wie Wieder \
                  Wo Zudem Zuletzt Zwar Zwei Drei Alle Allein Alles Als Andere Anders Beide Dessen Deren Dem Den Des Ihre Ihren Ihr",
        calendar: "",
        ordinals: true,
    },
    Table {
        codes: &["fr"],
        inner: "M MM Mme Mmes Mlle Mlles Dr Drs Pr Prof Me Mgr Ste St Sts Cie Gal Col Cdt Cne Lt cf c.-à-d p.ex p.e ex env \
                éd trad dir coll av apr vs v c Jr R.P",
        number: "etc n° N° n no nos art chap fig p pp t vol tél Tél tel av. réf ch al §",
        finals: "Inc Ltd Co Corp S.A J.-C J.C janv févr avr juil sept oct nov déc min max bd boul",
        openers: "Le La Les L Un Une Des Du De D Ce Cet Cette Ces C Il Elle Ils Elles On Nous Vous Je J Tu Son Sa Ses Leur Leurs Notre \
                  Nos Votre Vos Mon Ma Mes Au Aux À A En Dans Par Pour Sur Sous Avec Sans Selon Depuis Pendant Après Avant Lors Lorsque Quand \
                  Si Mais Ou Et Or Donc Car Ni Toutefois Cependant Pourtant Ainsi Alors Aussi Puis Enfin Ensuite Comme Comment Pourquoi Que \
                  Qui Quel Quelle Où Tout Tous Toute Toutes Plusieurs Certains Certaines Chaque Aucun Aucune Deux Trois Selon Chez Entre Vers \
                  Malgré Outre Grâce Hier Aujourd Demain Ici Là Bien Même Seul Seule Parmi Près Plus Moins Ne N S Y",
        calendar: "",
        ordinals: false,
    },
    Table {
        codes: &["es"],
        inner: "Sr Sra Sras Sres Srta Dr Dra Dres Dras D Da Dña Don Prof Profa Lic Ing Arq Gral Gen Col Cnel Cap Tte Sgto Mons \
                Rvdo Sto Sta San Fr Excmo Excma sr sra sras sres srta dr dra Ilmo Ilma Ud Uds Vd Vds p.ej p.e ej cf vs aprox c ca av Av Avda Cía adm fam \
                Mtro a.C d.C a.c d.c máx mín tít EE",
        number: "etc Ene Feb Mar Abr Jun Jul Ago Sep Sept Oct Nov Dic Lun Mié Jue Vie Sáb Dom Cra Ext ext párrf n núm núms No Nº n.º art arts cap caps fig figs p pp pág págs Pág vol vols t tel Tel tfno apdo dpto km no",
        finals: "S.A S.L Inc Ltd Co Corp Jr EE.UU EEUU ee.uu RR.HH FF.AA JJ.OO ene feb abr ago sept oct nov dic Ltda hnos Hnos",
        openers: "El La Los Las Lo Un Una Unos Unas Al Del De En Con Sin Por Para Según Sobre Tras Desde Hasta Hacia Entre Ante Bajo \
                  Contra Durante Mediante Este Esta Estos Estas Ese Esa Esos Esas Eso Esto Aquel Aquella Su Sus Mi Mis Tu Tus Nuestro Nuestra Él \
                  Ella Ellos Ellas Yo Nosotros Usted Ustedes Se Me Te Le Les Nos No Ni Y E O U Pero Sino Aunque Si Sí Cuando Mientras Como Cómo \
                  Donde Dónde Que Qué Quien Quién Cual Cuál Porque Pues Así Además También Tampoco Ahora Luego Después Antes Entonces Ayer Hoy \
                  Mañana Ya Aún Todavía Todo Toda Todos Todas Muchos Muchas Otro Otra Otros Otras Algunos Algunas Cada Dos Tres Más Menos Muy \
                  Solo Sólo Tanto Sin Fue Es Era Son Ha Han Había Hay A",
        calendar: "",
        ordinals: false,
    },
    Table {
        codes: &["it"],
        inner: "Sig Sigg Sigra Dott Dottssa Dr Prof Proff Avv Ing Arch Geom Rag On Sen Gen Col Cap Ten Mons Don Fra S SS Ss Sant cfr \
                cf es p.es ecc. vs ca c a.C d.C a.c d.c art. dr dott avv ing prof sig geom rag arch mons sen on gen col cav Cav comm Comm \
                Egr Gent Spett Ill Ill.mo Dir dir all tab",
        number: "ecc etc n nn nr No art artt cap fig figg p pp pag pagg vol voll tel Tel par",
        finals: "S.p.A s.p.a S.r.l s.r.l Inc Ltd Co Corp Jr gen feb mar apr mag giu lug ago set sett ott nov dic",
        openers: "Il Lo La I Gli Le L Un Uno Una Di Del Della Dei Delle Dello Degli A Al Alla Ai Alle Allo Agli Da Dal Dalla In Nel Nella \
                  Nei Nelle Con Per Su Sul Sulla Tra Fra Questo Questa Questi Queste Quello Quella Quelli Quelle Ciò Egli Ella Esso Essa Essi Lui \
                  Lei Loro Noi Voi Io Tu Si Ci Vi Ne Non Né E Ed O Ma Però Anche Se Quando Mentre Come Dove Perché Poiché Che Chi Cosa Quale Così \
                  Inoltre Infine Poi Dopo Prima Ora Oggi Ieri Domani Già Ancora Tutto Tutti Tutte Molti Molte Altri Altre Alcuni Alcune Ogni Due \
                  Tre Più Meno Solo È Sono Era Erano Ha Hanno Secondo Durante Senza",
        calendar: "",
        ordinals: false,
    },
    Table {
        codes: &["pt"],
        inner: "Sr Sra Srs Sras Srta Dr Dra Drs Dras Prof Profa Eng Arq D Dom Gen Cel Cap Ten Sgt Pe Fr Sto Sta Exmo Exma Ilmo V.Exa p.ex \
                ex cf vs aprox c ca a.C d.C Av R Pç Al Rua",
        number: "etc n nº no núm art arts cap fig p pp pág págs vol tel Tel",
        finals: "S.A Ltda Inc Ltd Co Corp Jr jan fev mar abr mai jun jul ago set out nov dez",
        openers: "O A Os As Um Uma Uns Umas De Do Da Dos Das Em No Na Nos Nas Ao À Aos Às Por Pelo Pela Para Com Sem Sobre Sob Entre Até \
                  Desde Este Esta Estes Estas Esse Essa Esses Essas Isso Isto Aquele Aquela Ele Ela Eles Elas Eu Nós Você Vocês Seu Sua Seus Suas \
                  Meu Minha Nosso Nossa Se Não Nem E Ou Mas Porém Contudo Também Quando Enquanto Como Onde Porque Pois Que Quem Qual Assim Além \
                  Depois Antes Então Agora Hoje Ontem Amanhã Já Ainda Todo Toda Todos Todas Muitos Muitas Outro Outra Outros Outras Alguns Algumas \
                  Cada Dois Duas Três Mais Menos Só Segundo Durante É Foi São Há",
        calendar: "",
        ordinals: false,
    },
    Table {
        codes: &["nl"],
        inner: "dhr mevr mw Mw Dhr Mevr dr Dr drs Drs prof Prof ir Ir ing Ing mr Mr ds St bv bijv b.v d.w.z o.a m.a.w i.p.v i.v.m t.a.v t.o.v \
                m.b.t m.b.v m.i z.g zgn vgl ca resp evt incl excl wo ma di do vr za zo gen Gen kol Kol kap min max vs Sint nl v d",
        number: "enz etc nr Nr nrs art p pp blz pag afb fig hfst tel Tel vol",
        finals: "e.d e.a N.V B.V Inc Ltd Co Corp jr Jr sr jan feb mrt apr jun jul aug sep sept okt nov dec",
        openers: "De Het Een Dit Dat Deze Die Er Hij Zij Ze Wij We Ik Jij Je U Jullie Zijn Haar Hun Ons Onze Mijn Uw In Op Aan Bij Met Van Voor \
                  Door Na Naar Om Onder Over Sinds Tegen Tijdens Tot Tussen Uit Volgens Zonder Maar En Of Want Dus Toch Echter Ook Als Toen Wanneer \
                  Terwijl Omdat Hoewel Zoals Waar Waarom Wat Wie Welke Hoe Nu Dan Daarna Daarom Daar Hier Zo Nog Niet Geen Alle Veel Vele Andere \
                  Sommige Elke Ieder Twee Drie Meer Vandaag Gisteren Morgen Is Was Heeft Had",
        calendar: "",
        ordinals: false,
    },
    Table {
        codes: &["pl"],
        inner: "p pp dr hab prof mgr inż lek red reż fot kat st gen płk ppłk mjr kpt por ppor sierż abp bp ks kard św śp im ul al pl os m.in np tzn tzw tj \
                zob por ok ca wg min max pn płd zach wsch ang niem fr łac ros wł zm ur jw jw. ds dot n.p.m n.e p.n.e mec adw Dr Prof",
        number: "itd itp etc cd r tys mln mld zł dol proc nr art ust pkt poz rozdz rys tab s str t tel vol lp par",
        finals: "w gr godz Inc Ltd Co Corp S.A Jr sp z.o.o o.o m.st wiek in",
        openers: "W We Z Ze Na Do Od O Po Pod Nad Przed Przez Przy Za Dla Bez U Ku Między Według Mimo Oprócz Podczas To Ten Ta Te Ci Tego Tej \
                  Tym Tych Tak Jak Jako Jeśli Jeżeli Gdy Kiedy Gdzie Dlaczego Dlatego Ponieważ Bo Więc Zatem A I Ale Lecz Jednak Oraz Lub Czy Co Kto \
                  Który Która Które On Ona Ono Oni One My Wy Ja Ty Jego Jej Ich Nasz Nie Już Jeszcze Też Także Również Tylko Teraz Potem Wczoraj Dziś \
                  Dzisiaj Jutro Tam Tu Wszyscy Wszystko Wiele Wielu Każdy Inni Dwa Dwie Trzy Jest Są Był Była Było Byli Nic Nikt Niektórzy Natomiast",
        calendar: "",
        ordinals: true,
    },
    Table {
        codes: &["ru", "bg"],
        inner: "пгт г-н г-жа г-на г-ну г-жи гг тов проф акад доц инж ген полк им ул пл пр просп пер бул д кв корп стр ст т.н т.е т.к т.о напр см ср \
                св мл англ нем фр лат греч рус яп кит ит исп устар разг букв соч изд ред сост пер авт ок прим в.ч о проч хим физ мат сев юж зап \
                вост м н и п с к р а",
        number: "т.д т.п др пр гг н.э э № гл рис табл ст с стр т тт п пп ч вып тел кн разд",
        finals: "г в вв тыс млн млрд трлн руб коп дол долл кг км см мм га л мин сек ч час р б ж у.е гр чел лв стотинки",
        openers: "В Во На С Со К Ко О Об От До По Под Над Перед Через При За Для Без У Из Из-за Между После Во Это Этот Эта Эти Этого Тот Та Те \
                  Так Такой Такие Как Какой Если Когда Где Почему Потому Поэтому А И Но Однако Или Либо Что Чтобы Кто Который Он Она Оно Они Мы Вы Я \
                  Ты Его Её Их Наш Не Ни Нет Да Уже Ещё Еще Тоже Также Только Теперь Сейчас Потом Затем Вчера Сегодня Завтра Там Тут Здесь Все Всё \
                  Многие Каждый Другие Два Две Три Был Была Было Были Согласно Однажды Кроме Хотя Пока",
        calendar: "",
        ordinals: false,
    },
    Table {
        codes: &["uk"],
        inner: "п пп тов проф акад доц інж ген ім вул пл просп пров бул буд кв т.зв тобто т.ч напр див пор св англ нім фр лат укр рос ред упоряд \
                авт прим о м с а б",
        number: "т.д т.п ін рр н.е е № гл рис табл ст с стор т п пп ч вип тел кн розд",
        finals: "р ст н.е тис млн млрд грн коп дол кг км см мм га хв сек год чол",
        openers: "У В На З Із До Від Під Над Перед Через При За Для Без О Об По Про Між Після Це Цей Ця Ці Той Та Ті Так Такий Як Який Якщо Коли Де \
                  Чому Тому А І Й Але Однак Проте Або Чи Що Щоб Хто Він Вона Воно Вони Ми Ви Я Ти Його Її Їх Наш Не Ні Так Вже Ще Також Тільки Тепер \
                  Зараз Потім Вчора Сьогодні Завтра Там Тут Усі Все Всі Багато Кожен Інші Два Дві Три Був Була Було Були Згідно Хоча",
        calendar: "",
        ordinals: false,
    },
    Table {
        codes: &["da", "no", "nb", "nn"],
        inner: "hr fr frk dr Dr prof Prof bl.a f.eks fx m.m dvs d.v.s ca evt inkl ekskl ift jf mht mfl nævnt pga p.g.a sml vedr resp adv adj \
                adr afd afs akk alm ang anm art. ass beg bet betj bibl bilag bl bkg cand cirka dir div eks eksp eng ff fhv fm foreg fort forts \
                fys gl gr h.c hhv hovedkt ing int iht jr jvf kap kgl kl kon. lok lø mag maks mand md mdr medd mia min mio mods modt mv månedl nedenst \
                nedf nordl nr. næstf o.a o.lign obs off omg omr ons opg opr osv ovenst overs p.a p.t pct pk. pol pr prim psyk red ref reg rel samf sek \
                sekr sign skt st stk stud søn tdl tilh tir to tv u.å udg univ v vbl vha vol",
        number: "osv etc o.l nr Nr kl s sd art kap stk pkt fig tlf bd",
        finals: "mv m.v mio mia jan feb mar apr jun jul aug sep sept okt nov dec Inc Ltd Co Corp jr sr A/S",
        openers: "Den Det De En Et Der Her Han Hun Vi Jeg Du I Sin Sit Hans Hendes Deres Vores Min På Til Fra Af Om Ved Med Uden Under Over Mod \
                  Efter Før Siden Og Men Eller Så For Fordi Hvis Når Da Mens Som Hvad Hvem Hvor Hvordan Hvorfor Ikke Også Nu Alle Mange Andre Dette \
                  Disse Denne Man Er Var",
        calendar: "",
        ordinals: true,
    },
    Table {
        codes: &["sv"],
        inner: "hr fr dr Dr prof Prof bl.a t.ex d.v.s dvs s.k ca ev inkl exkl jfr m.m. m.fl. p.g.a resp st t.o.m fr.o.m f.d tel avd",
        number: "osv etc nr Nr kl s sid kap fig tel bd",
        finals: "m.m m.fl o.s.v o.d jan feb mars apr jun jul aug sept okt nov dec Inc Ltd Co Corp jr sr",
        openers: "Den Det De En Ett Där Här Han Hon Vi Jag Du I Sin Hans Hennes Deras Vår Min På Till Från Av Om Vid Med Utan Under Över Mot Efter \
                  Före Sedan Och Men Eller Så För Eftersom När Då Medan Som Vad Vem Var Hur Varför Inte Också Nu Alla Många Andra Detta Dessa Denna Man Är",
        calendar: "",
        ordinals: false,
    },
    Table {
        codes: &["cs", "sk"],
        inner: "p pí pan Ing ing Mgr Bc JUDr MUDr PhDr RNDr prof Prof doc Doc dr Dr gen plk pplk mjr kpt npor arch akad Th.D hl sv sv. tzv tj např napr \
                resp popř příp prípadne cca ca vč vrát nám ul tř zn ev angl nem fr lat lib přibl mj čsl orig roč i.e s.r. a.s. max min konkr al n.l obyv",
        number: "atd apod atp etc č čl odst str s obr kap tel Tel tab roč",
        finals: "tis mil mld Kč hal r s.r.o a.s spol nl o. p.n.l p.n.t stol sto Inc Ltd Co Corp Jr ml st",
        openers: "V Ve Na Do Od Z Ze S Se Po Pod Nad Před Pred Pro Pre Při Pri Za Bez U O K Ke Mezi Medzi Podle Podľa To Ten Ta Tá Toto Tento Tato Tak \
                  Jak Ako Když Keď Kde Proč Prečo Protože Pretože A I Ale Však Nebo Alebo Co Čo Kdo Kto Který Ktorý On Ona Ono Oni My Vy Já Ja Ty Jeho Její \
                  Jej Jejich Ich Náš Ne Nie Už Ještě Ešte Také Tiež Jen Len Teď Teraz Potom Včera Dnes Zítra Zajtra Tam Tady Tu Všichni Všetci Mnoho Každý \
                  Dva Dve Tři Tri Je Jsou Sú Byl Bol",
        calendar: "",
        ordinals: true,
    },
    Table {
        codes: &["tr"],
        inner: "Dr Prof Doç Av Sn Alb Yrd Öğr Gör Uzm Müh Mim Org Gen Kor Tuğ Yzb Ütğm Bkz bkz vb. örn Örn Hz St",
        number: "No no s sf md Cad Cd Sok Sk Mah Mh Bul Bulv Blv Apt Kat",
        finals: "vb vs vd Ltd Şti A.Ş Inc Co Corp",
        openers: "Bu Bir O Ve Ama Ancak Fakat Ben Biz Siz Onlar Şu Daha Çok En Her Hiç Ne Neden Nasıl Çünkü Eğer Yine Sonra Önce Şimdi Bugün Dün Yarın",
        calendar: "",
        ordinals: true,
    },
    Table {
        codes: &["hu", "fi", "et", "lv", "lt", "hr", "sr", "sl", "bs", "is"],
        inner: "Dr dr prof Prof pl ún ill kb vö vö. mm esim ks mr st sv dipl gen npr tzv tj oz t.i t.d u.c",
        number: "nr sz br st str s lk",
        finals: "stb jne itd etc ym yms Inc Ltd Co Corp Kft Zrt Rt Oy Ab",
        openers: "",
        calendar: "",
        ordinals: true,
    },
    Table { codes: &["el"], ..OTHER },
    Table { codes: &["hy"], ..OTHER },
    Table {
        codes: &["hi", "mr", "ne", "bn", "pa", "gu", "ta", "te", "kn", "ml", "si", "ur", "fa", "ar", "he", "ps"],
        inner: "डॉ डा श्री प्रो सं पं कु मि मो ए बी सी डी ई एफ एच आई जे के एल एम एन ओ पी आर एस टी यू वी डब्ल्यू एक्स वाई Dr Mr Mrs Ms Prof St e.g i.e vs د أ م ص ق.م هـ",
        number: "No Nr p pp vol fig नं क्र पृ ص",
        finals: "etc Inc Ltd Co Corp Jr Sr U.S U.K U.N U.S.A",
        openers: "",
        calendar: "",
        ordinals: false,
    },
];
