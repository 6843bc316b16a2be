//! Help, completions, the schema.

use crate::house::{House, ours};

#[test]
fn help_says_where_to_start() {
    let house = House::empty();
    let nothing = house.repatria("");
    assert_eq!((nothing.code, nothing.out.as_str()), (2, ""));
    let help = house.good("--help");
    for said in ["Usage: repatria", "run", "check", "First steps:", "repatria new my_camp"] {
        assert!(nothing.err.contains(said), "no `{said}` in\n{}", nothing.err);
        assert!(help.out.contains(said), "no `{said}` in\n{}", help.out);
    }
    assert!(help.out.contains("Not a forecast"), "{}", help.out);
    for command in ["run", "check", "new", "list", "explain", "schema", "completions"] {
        assert!(house.good(&format!("{command} --help")).out.contains("Usage: "));
    }
    assert_eq!(house.good("--version").out, format!("repatria {}\n", env!("CARGO_PKG_VERSION")));
    house.bad("chek camp.toml", 2, &["check"]);
}

#[test]
fn the_schema_is_the_one_that_is_checked_in() {
    let text = fs_err::read_to_string(ours("schemas/scenario.schema.json")).unwrap();
    assert!(House::empty().good("schema").out == text, "`repatria schema` prints another");
}

#[test]
fn shells_get_completions() {
    let house = House::empty();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(house.good(&format!("completions {shell}")).out.contains("replicates"), "{shell}");
    }
    house.bad("completions cmd", 2, &["bash"]);
}
