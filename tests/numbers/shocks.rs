//! No sentence about what cannot happen.

use super::{says, sentences};

/// A camp with a shock of this kind, and whatever else.
fn with_shock(shock: &str, more: &str) -> String {
    format!(
        "title = \"A shock\"\nstart = \"2025-01\"\nhorizon = \"1 year\"\nstep = \"month\"\n\
         [parameters.none]\nvalue = 0\n[parameters.drawn]\nvalue = 0\ndistribution = {{ uniform = {{ low = 0, high = 0.5 }} }}\n\
         [places.camp]\nkind = \"camp\"\npeople = [{{ count = 500 }}]\n[places.home]\nkind = \"community\"\n\
         [moves.returns]\nfrom = \"camp\"\nto = \"home\"\nrate = {{ per_year = 0.1 }}\n\
         [shocks.storm]\nlabel = \"Storm\"\nat = \"camp\"\nto = \"home\"\n{shock}\n{more}"
    )
}

#[test]
fn a_shock_that_cannot_happen_is_not_spoken_of() {
    for shock in [
        "rate = { per_year = 0 }\nshare = 0.1",
        "rate = { per_year = \"none\" }\nshare = 0.1",
        "rate = { per_year = 2 }\nshare = 0",
        "rate = { per_year = 2 }\nshare = \"none\"",
        "on = \"2025-05-01\"\nshare = 0",
        "rate = { per_year = 2 }\nhits = 0\nshare = 0.5",
    ] {
        for replicates in [0, 40] {
            let reported = sentences(&with_shock(shock, ""), replicates);
            assert!(!reported.iter().any(|sentence| sentence.contains("Storm")), "{shock}: {reported:#?}");
        }
    }
}

#[test]
fn a_shock_that_may_happen_is() {
    let often = "rate = { per_year = 2 }";
    says(
        &sentences(&with_shock(&format!("{often}\nshare = \"drawn\""), ""), 40),
        "The shock Storm happens with a prob",
    );
    // It affects nobody itself, and sets something off.
    let then = "then = [{ field = \"moves.returns.rate\", times = 2, lasts = \"2 months\" }]";
    says(
        &sentences(&with_shock(&format!("{often}\nshare = 0\n{then}"), ""), 40),
        "The shock Storm happens with a prob",
    );
    let policy =
        "[policies.p]\nfrom = \"2025-03\"\nchanges = [{ field = \"shocks.storm.rate.per_year\", set = 3 }]\n";
    let reported = sentences(&with_shock("rate = { per_year = 0 }\nshare = 0.1", policy), 40);
    says(&reported, "The shock Storm happens with a probability of");
    let reported = sentences(&with_shock("rate = { per_year = 1e-7 }\nshare = 0.1", ""), 40);
    says(&reported, "The shock Storm, which is rare, happens in none of 40 replicates.");
}

/// All leave in the first weeks; what a few stragglers are divided by is next to nothing.
#[test]
fn no_rate_is_reported_next_to_nobody() {
    let text = |people: u32| {
        format!(
            "title = \"Empty\"\nstart = \"2025-01\"\nhorizon = \"3 years\"\nstep = \"month\"\n\
             [places.camp]\nkind = \"camp\"\npeople = [{{ count = {people} }}]\n[places.home]\nkind = \"community\"\n\
             [moves.r]\nfrom = \"camp\"\nto = \"home\"\nrate = {{ per_year = 4 }}\ncounts_as = \"release\"\n"
        )
    };
    let reported = sentences(&text(2000), 60);
    says(&reported, "has moved a median of 2,000 people.");
    says(&sentences(&text(2_000_000), 60), "; the release rate over the last twelve months averages ");
}

#[test]
fn who_cannot_leave_is_said_to_stay() {
    let text = "title = \"No seats\"\nstart = \"2025-01\"\nhorizon = \"1 year\"\nstep = \"month\"\n\
         [places.camp]\nkind = \"camp\"\npeople = [{ count = 500 }]\n[places.home]\nkind = \"community\"\n\
         [programmes.a]\nfrom = \"camp\"\nto = \"home\"\noccasions = { every = \"1 month\" }\nseats = 0\n\
         counts_as = \"early_return\"\n\
         [programmes.b]\nlabel = \"Buses\"\nfrom = \"camp\"\nto = \"home\"\noccasions = { every = \"1 month\" }\nseats = 5\n\
         counts_as = \"early_return\"\n";
    says(
        &sentences(text, 20),
        "By January 2026 the programme Buses has moved a median of 60 people; the early return rate",
    );
    let nobody = sentences(&text.replace("seats = 5", "seats = 0"), 20);
    says(&nobody, "By January 2026 nobody is moved by what counts as early return.");
    let both = sentences(&text.replace("seats = 0", "seats = 2"), 20);
    says(&both, "By January 2026 all that counts as early return has moved a median of 84 people; ");
}
