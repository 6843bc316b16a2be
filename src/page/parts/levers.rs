//! What can be set: parameters, variants, policies and any other number.

use maud::{Markup, html};

use crate::output::format::shortest;
use crate::output::sentences::words::capital;
use crate::page::content::PageScenario;
use crate::page::levers::{DateInput, Lever, LeverKind, Levers, PolicyLever, VariantLever};
use crate::page::words::Words;

/// The levers, and what to do with a setting.
pub fn levers(content: &PageScenario<'_>) -> Markup {
    let words = content.words;
    let levers = Levers::of(content.scenario);
    html! {
        h2 { (words.say("levers.heading")) }
        p.no-live { (words.say("levers.no_engine")) }
        div.live {
            p.note { (words.say("levers.how")) }
            p role="status" aria-live="polite" #status { }
            div #levers-numbers {
                @for lever in &levers.sliders { (slider(lever, words)) }
            }
            (variants(&levers.variants, words))
            (policies(&levers.policies, words))
            (search(&levers.numbers, words))
            (actions(words))
            h3 #kept-heading hidden { (words.say("levers.kept")) }
            ul #kept hidden { }
        }
    }
}

/// A number with its slider.
fn slider(lever: &Lever, words: &Words) -> Markup {
    let [value, min, max, step] = [lever.value, lever.min, lever.max, lever.step].map(shortest);
    let id = format!("lever-{}", lever.field.replace('.', "-"));
    let kind = match lever.kind {
        LeverKind::Set => "set",
        LeverKind::Times => "times",
    };
    let says = words.number(&shortest(lever.says.unwrap_or(lever.value)));
    let key = if lever.drawn { "levers.drawn" } else { "levers.says" };
    html! {
        div.lever data-field=(lever.field) data-kind=(kind) data-default=(value) {
            label for=(id) { (lever.label) }
            input type="range" id=(id) min=(min) max=(max) step=(step) value=(value) list=(format!("{id}-says"));
            datalist id=(format!("{id}-says")) { option value=(value) { } }
            input type="number" step="any" value=(value)
                aria-label=(words.fill("levers.number_of", &[("label", &lever.label)]));
            span.unit { (lever.unit.as_deref().unwrap_or_default()) }
            output for=(id) { (words.fill(key, &[("value", &says)])) }
        }
    }
}

fn variants(variants: &[VariantLever], words: &Words) -> Markup {
    html! {
        @if !variants.is_empty() {
            fieldset {
                legend { (words.say("levers.variants")) }
                @for variant in variants {
                    div.switch {
                        label { input type="checkbox" data-variant=(variant.name); " " (capital(&variant.label)) }
                        @if let Some(question) = &variant.question { span.note { (question) } }
                    }
                }
            }
        }
    }
}

fn policies(policies: &[PolicyLever], words: &Words) -> Markup {
    html! {
        @if !policies.is_empty() {
            fieldset {
                legend { (words.say("levers.policies")) }
                @for policy in policies { (one_policy(policy, words)) }
            }
        }
    }
}

fn one_policy(policy: &PolicyLever, words: &Words) -> Markup {
    let PolicyLever { name, label, from, until, earliest, latest, .. } = policy;
    let kind = match policy.input {
        DateInput::Month => "month",
        DateInput::Date => "date",
    };
    html! {
        div.switch {
            label { input type="checkbox" checked data-policy=(name); " " (label) }
            label.date {
                (words.say("levers.from")) " "
                input type=(kind) data-policy-from=(name) value=[from.as_ref()] min=(earliest) max=(latest)
                    aria-label=(words.fill("levers.from_of", &[("label", label)]));
            }
            label.date {
                (words.say("levers.until")) " "
                input type=(kind) data-policy-until=(name) value=[until.as_ref()] min=(earliest) max=(latest)
                    aria-label=(words.fill("levers.until_of", &[("label", label)]));
            }
            @if policy.triggered { span.note { (words.say("levers.triggered")) } }
        }
    }
}

/// Any other number, by its address or by its name.
fn search(numbers: &[Lever], words: &Words) -> Markup {
    html! {
        div.search {
            label for="add-lever" { (words.say("levers.search")) }
            input type="text" #add-lever list="addresses" data-add-lever autocomplete="off" spellcheck="false";
            datalist #addresses {
                @for number in numbers { option value=(number.field) { (number.label) } }
            }
        }
    }
}

fn actions(words: &Words) -> Markup {
    html! {
        div.buttons {
            @for action in ["undo", "redo", "reset", "keep", "copy-link", "export-scenario"] {
                button type="button" data-do=(action) { (words.say(&format!("levers.{}", action.replace('-', "_")))) }
            }
            button type="button" data-do="stop" { (words.say("script.stop")) }
        }
    }
}
