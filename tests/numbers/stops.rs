//! No full stop behind a question mark, of whatever script, in sentences and in charts.

use repatria::internals::output::chart::draw_all;
use repatria::internals::output::sentences::of_answer;

use super::answer;

#[test]
fn no_full_stop_follows_a_question_mark() {
    for (mark, question) in [
        ("?", "Who stays?"),
        ("؟", "كم طفلاً يبقى في المخيم حتى عام 2030؟"),
        ("？", "多少人在营地？"),
        (";", "Ποιος μένει;"),
        ("՞", "Ո՞վ կմնա՞"),
        ("፧", "ማን ይቀራል፧"),
        ("。", "多少人在营地。"),
    ] {
        let text = format!(
            "title = \"{question}\"\nquestion = \"{question}\"\nstart = \"2025-01\"\nhorizon = \"6 months\"\nstep = \"month\"\n\
             [places.camp]\nlabel = \"{question}\"\nkind = \"camp\"\ncapacity = 50\npeople = [{{ count = 60 }}]\n\
             [places.home]\nlabel = \"{question}\"\nkind = \"community\"\n\
             [moves.r]\nlabel = \"{question}\"\nfrom = \"camp\"\nto = \"home\"\nrate = {{ per_year = 0.3 }}\n\
             [outcomes.n]\nlabel = \"{question}\"\npeople = {{ at = \"camp\" }}\n\
             [variants.v]\nlabel = \"{question}\"\nchanges = [{{ field = \"moves.r.rate\", times = 2 }}]\n"
        );
        let answer = answer(&text, 20);
        let charts = draw_all(&answer);
        assert!(charts.len() > 2);
        let texts = charts.iter().flat_map(|chart| [&chart.title, &chart.alt, &chart.svg]);
        let sentences = of_answer(&answer);
        for said in texts.chain(&sentences) {
            let doubled = [format!("{mark}. "), format!("{mark}.<")].iter().any(|stop| said.contains(stop));
            assert!(!doubled && !said.ends_with(&format!("{mark}.")), "{said}");
        }
    }
}
