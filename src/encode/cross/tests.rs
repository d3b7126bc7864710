use super::reference::{Network, Reference};
use super::*;
use crate::kernel::Level;

fn encoder(network: &Network, int8: bool) -> CrossEncoder {
    let weights = network.weights(int8);
    let bert = Bert::read_above(&network.weights(false), &weights, &network.shape()).unwrap();
    CrossEncoder::new(bert, &weights).unwrap()
}

fn networks() -> [Network; 2] {
    [Network::small(), Network::large()]
}

const LONG: &str = "The two-day strike cost $2,500 a head, they said. ";

fn texts() -> Vec<String> {
    let texts = [
        "The bridge closed on Monday after two ships had struck it.",
        "the BRIDGE closed on monday after two ships had struck it",
        "The BRIDGE closed on Monday after two ships had struck it.",
        "It reopened on Friday; nobody was hurt.",
        "",
        " \r\n",
        "\u{1f600} Zoë\r\nMüller \u{1f9d1}\u{200d}\u{1f680} left\u{1f600}early —\u{a0}at 5:42\r\n",
        "北京 e\u{301}te\u{301} U.S.\u{200b}A.",
    ];
    texts.map(str::to_owned).into_iter().chain([LONG.repeat(40), "x".repeat(3000)]).collect()
}

fn pairs(texts: &[String]) -> Vec<(&str, &str)> {
    texts.iter().flat_map(|a| texts.iter().map(|b| (&**a, &**b))).collect()
}

fn read(encoder: &CrossEncoder, pairs: &[(&str, &str)], n_threads: Option<usize>) -> Vec<PairSignals> {
    encoder.read(pairs, n_threads, &mut |_, _| Ok(())).unwrap()
}

#[test]
fn the_forward_pass_agrees_with_float64() {
    let texts = texts();
    let some =
        [(0, 3), (3, 0), (4, 0), (6, 8), (4, 5)].map(|(left, right): (usize, usize)| (&*texts[left], &*texts[right]));
    for network in networks() {
        let encoders = [(encoder(&network, false), 1e-3), (encoder(&network, true), 0.25)];
        let reference = Reference::new(network);
        for (encoder, tolerance) in encoders {
            for (signals, (left, right)) in read(&encoder, &some, None).iter().zip(some) {
                let sequence = encoder.sequence(&encoder.prepare(left), &encoder.prepare(right));
                let exact = reference.signals(&reference.rows(&sequence));
                for (x, exact) in signals.all().iter().zip(exact) {
                    assert!((f64::from(*x) - exact).abs() < tolerance, "{tolerance}, {left:?}: {x} is not {exact}");
                }
            }
        }
    }
}

#[test]
fn a_pair_is_read_the_same_swapped_and_at_every_level() {
    let texts = texts();
    let pairs = pairs(&texts);
    let swapped: Vec<_> = pairs.iter().map(|&(left, right)| (right, left)).collect();
    for network in networks() {
        let mut encoder = encoder(&network, true);
        let all = read(&encoder, &pairs, None);
        assert!(all.iter().flat_map(PairSignals::all).all(f32::is_finite));
        assert_eq!(read(&encoder, &swapped, None), all);
        for level in Level::all() {
            encoder.bert.set_level(level);
            assert_eq!(read(&encoder, &pairs, None), all, "{level:?}");
        }
    }
}

#[test]
fn a_reading_depends_on_its_pair_alone() {
    let texts = texts();
    let pairs = pairs(&texts);
    let encoder = encoder(&Network::large(), true);
    let all = read(&encoder, &pairs, Some(3));
    assert_eq!(read(&encoder, &pairs, Some(1)), all);
    for (reading, pair) in all.iter().zip(&pairs).step_by(7) {
        assert_eq!(read(&encoder, &[*pair], Some(1))[0], *reading, "{pair:?}");
    }
    assert!(read(&encoder, &[], None).is_empty());
}

#[test]
fn only_the_first_pieces_are_read() {
    let encoder = encoder(&Network::large(), true);
    let (long, longer) = (LONG.repeat(10), LONG.repeat(20));
    let other = "It reopened on Friday.";
    let readings = read(&encoder, &[(&long, other), (&longer, other)], None);
    assert_eq!(readings[0], readings[1]);
    assert_eq!(encoder.prepare(&longer).len(), MAX_PIECES);
}

#[test]
fn progress_can_stop_the_work() {
    let outcome =
        encoder(&Network::small(), true).read(&[("a", "b")], None, &mut |_, _| Err(crate::error::Error::Interrupted));
    assert!(matches!(outcome, Err(crate::error::Error::Interrupted)));
}

#[test]
fn what_is_embedded_is_read() {
    for size in [Size::Small, Size::Large] {
        let signals = read(&CrossEncoder::embedded(size), &[("The bridge closed.", "The bridge is shut.")], None)[0];
        assert!(signals.all().iter().all(|x| x.is_finite()) && signals.shared > 0.0, "{size:?}: {signals:?}");
    }
}
