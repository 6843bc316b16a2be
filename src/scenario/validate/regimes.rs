//! Regimes; what their states change is with the changes.

use std::ops::Range;

use super::draft::{Draft, name_problem};
use super::usual::OneOf;
use crate::model::{Regime, Switch, SwitchTime};
use crate::scenario::code::Code;
use crate::scenario::file::regime::WrittenRegime;
use crate::scenario::file::switch::WrittenSwitch;
use crate::scenario::file::words::Key;
use crate::scenario::located::Located;
use crate::scenario::words::list;

impl Draft<'_> {
    pub(super) fn regimes(&mut self) -> Vec<Regime> {
        let file = self.file;
        let mut regimes = Vec::new();
        for (key, written) in &file.regimes {
            let (name, label) = self.named(key, written.label.as_ref());
            let address = format!("regimes.{name}");
            let states = self.states(written);
            let initial = self.state(&states, &written.initial, written.initial.span());
            let mut switches = Vec::new();
            for (i, switch) in written.switches.iter().enumerate() {
                switches.extend(self.switch(&format!("{address}.switches.{i}"), switch, &states));
            }
            for state in written.within.keys() {
                self.state(&states, state, state.span());
            }
            let regime = Regime { name, label, states, initial: initial.unwrap_or_default(), switches };
            // Where a switch or a state could not be read nothing can be said of where the regime gets.
            let named = written.states.iter().all(|state| name_problem(state, state.span()).is_none());
            if initial.is_some() && named && regime.switches.len() == written.switches.len() {
                self.gets_somewhere(&regime, key, written);
            }
            regimes.push(regime);
        }
        regimes
    }

    fn states(&mut self, written: &WrittenRegime) -> Vec<String> {
        let mut states: Vec<String> = Vec::new();
        for state in written.states.iter() {
            self.name(state, state.span());
            if states.contains(state) {
                self.again(
                    Code::Duplicate.of(state),
                    state.span(),
                    format!("the state `{}` is named twice", state.get()),
                );
            } else {
                states.push(state.to_string());
            }
        }
        states
    }

    /// The index of a state; `None` when there is none of that name, which is then said.
    pub(super) fn state(&mut self, states: &[String], name: &str, span: Range<usize>) -> Option<usize> {
        let known: Vec<&str> = states.iter().map(String::as_str).collect();
        self.known(("state", "states"), name, span, &known)
    }

    fn switch(
        &mut self,
        address: &str,
        written: &Located<WrittenSwitch>,
        states: &[String],
    ) -> Option<Switch> {
        let from = written.from.as_ref().map(|from| self.state(states, from, from.span()));
        let to = self.state(states, &written.to, written.to.span());
        if let (Some(from), Some(to)) = (from, to)
            && from == Some(to)
        {
            self.error(
                Code::GoesNowhere.of(&states[to]),
                written.to.span(),
                format!("this switches from `{0}` to `{0}`", states[to]),
                "the same state",
                "name another state".into(),
            );
        }
        let when = match (&written.rate, &written.on) {
            (Some(rate), None) => {
                let rate = self.rate(address, rate, None);
                if written.from.is_none() {
                    self.error(
                        Code::Incomplete,
                        written.span(),
                        "a switch at a rate needs the state it leaves".into(),
                        "nothing here says `from`",
                        format!("add `from = ...`: one of {}", list(states.iter().map(String::as_str), 8)),
                    );
                }
                Some(SwitchTime::Rate(rate))
            }
            (None, Some(on)) => self.step_of(address, on).map(SwitchTime::Step),
            (rate, on) => {
                let rate = rate.as_ref().map(|rate| rate.span());
                let say = OneOf {
                    about: "",
                    none: [
                        "nothing says when this switch happens",
                        "add rate = { per_year = 0.2 }, or on = \"2027-01\"",
                    ],
                    several: [
                        "a switch is at random or on a date, not both",
                        "write one of them, or two switches",
                    ],
                };
                let keys = [("rate", rate), ("on", on.as_ref().map(Located::span))];
                self.not_one(written.span(), &keys, &say)
            }
        };
        Some(Switch { from: from.flatten(), to: to?, when: when? })
    }

    /// Says so where the regime never leaves its first state, and warns of states that it never enters.
    fn gets_somewhere(&mut self, regime: &Regime, key: &Key, written: &WrittenRegime) {
        let leaves = |switch: &Switch, state: usize| {
            switch.from.is_none_or(|from| from == state) && switch.to != state
        };
        let initial = &regime.states[regime.initial];
        if !regime.switches.iter().any(|switch| leaves(switch, regime.initial)) {
            self.error(
                Code::GoesNowhere.of(&***key).and(&initial),
                written.initial.span(),
                format!("the regime `{}` can never leave its first state, `{initial}`", &***key),
                "no switch leaves this state",
                format!("add a switch: switches = [ {{ from = \"{initial}\", to = ..., rate = {{ per_year = 0.2 }} }} ]"),
            );
            return;
        }
        let mut reached = vec![false; regime.states.len()];
        reached[regime.initial] = true;
        let mut waiting = vec![regime.initial];
        while let Some(state) = waiting.pop() {
            for switch in regime.switches.iter().filter(|switch| leaves(switch, state)) {
                if !std::mem::replace(&mut reached[switch.to], true) {
                    waiting.push(switch.to);
                }
            }
        }
        let never: Vec<&str> = regime
            .states
            .iter()
            .zip(&reached)
            .filter(|(_, reached)| !**reached)
            .map(|(s, _)| s.as_str())
            .collect();
        if !never.is_empty() {
            self.warning(
                Code::Unreachable.of(&***key),
                written.states.span(),
                format!("the regime `{}` never enters {}", &***key, list(never, 8)),
                "no switch leads there",
                "add a switch, or take the state out".into(),
            );
        }
    }
}
