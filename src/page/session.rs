//! A scenario that is open on a page: what is set, what was simulated of it so far.

use std::sync::Arc;

use super::compose::{ComposedScenario, ComposedVariant, KeptSetting, compose};
use super::content::{PageContent, PageOrigin, PageScenario};
use super::guard::{PageGuard, PageLimits};
use super::levers::Levers;
use super::setting::PageSetting;
use super::words::Words;
use crate::digest::sha256;
use crate::engine::{Program, compile};
use crate::ensemble::answer::{Answer, BASELINE, VariantAnswer};
use crate::ensemble::{Ensemble, Machine, SimulateError, Track, Unwatched};
use crate::scenario::{self, Diagnostic, Diagnostics, ScenarioVariants, Source, Variant};
use crate::wording::{count, whole};

/// What is set is called so, for people.
pub const YOUR_SETTING: &str = "Your setting";

/// An open scenario.
#[derive(Debug)]
pub struct PageSession {
    name: String,
    source: Source,
    scenario: Arc<ScenarioVariants>,
    warnings: Vec<Diagnostic>,
    /// The program of the scenario itself, with its fingerprint: what is set leaves it as it is.
    baseline: Arc<Program>,
    fingerprint: String,
    levers: Levers,
    words: Words,
    lesson: bool,
    guard: PageGuard,
    comparison: PageComparison,
    /// What was simulated to its end before, the latest last: whoever goes back finds it.
    before: Vec<PageComparison>,
}

/// So many comparisons are kept for who goes back, as long as they take little.
const KEPT_BEFORE: usize = 3;

/// What is simulated: the scenario with some of its variants, or with what is kept and set.
#[derive(Debug)]
struct PageComparison {
    composed: Option<ComposedScenario>,
    source: Source,
    digest: String,
    scenario: Arc<ScenarioVariants>,
    /// As many replicates as the scenario says, or as there is time for.
    planned: u64,
    /// What it takes of memory, at most or likely.
    bytes: u64,
    /// The replicates so far, or why there will be none.
    ensemble: Result<Ensemble, String>,
}

/// Why something cannot be simulated.
#[derive(Clone, Debug)]
pub enum SettingError {
    /// What is set cannot be put together: a sentence.
    Refused(String),
    /// It makes no valid scenario.
    Invalid {
        /// The scenario's text with what is set.
        source: Box<Source>,
        /// What is wrong in it.
        problems: Diagnostics,
    },
}

impl PageSession {
    /// Opens a scenario that is called `name`.
    ///
    /// # Errors
    /// Every problem of its text.
    pub fn open(name: &str, source: Source, words: Words, lesson: bool) -> Result<PageSession, Diagnostics> {
        PageSession::with_limits(name, source, words, lesson, PageLimits::default())
    }

    /// The same, where no more may be taken than `limits` say.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn with_limits(
        name: &str,
        source: Source,
        words: Words,
        lesson: bool,
        limits: PageLimits,
    ) -> Result<PageSession, Diagnostics> {
        let (scenario, warnings) = scenario::load(&source)?;
        let scenario = Arc::new(scenario);
        let baseline = compile(&scenario.baseline);
        let mut guard = PageGuard::new(limits);
        let comparison = PageComparison::of_file(&source, &scenario, &baseline, &mut guard);
        Ok(PageSession {
            name: name.into(),
            source,
            levers: Levers::of(&scenario),
            fingerprint: baseline.fingerprint(),
            scenario,
            warnings,
            baseline,
            words,
            lesson,
            guard,
            comparison,
            before: Vec::new(),
        })
    }

    /// Lays what is set over the scenario, beside what was kept. Where this is what was set before, nothing is given up of what was
    /// simulated.
    ///
    /// # Errors
    /// When it cannot be put together, or makes no valid scenario; then all is as it was.
    pub fn set(&mut self, setting: &PageSetting, kept: &[KeptSetting]) -> Result<(), SettingError> {
        let composed = compose(&self.scenario, &self.source, kept, setting, YOUR_SETTING);
        let composed = composed.map_err(SettingError::Refused)?;
        let composed = (!composed.variants.is_empty()).then_some(composed);
        if composed == self.comparison.composed {
            return Ok(());
        }
        let found = self.before.iter().position(|before| before.composed == composed);
        let comparison = match (found, composed) {
            (Some(found), _) => self.before.remove(found),
            (None, None) => {
                PageComparison::of_file(&self.source, &self.scenario, &self.baseline, &mut self.guard)
            }
            (None, Some(composed)) => {
                PageComparison::of_composed(&self.source, composed, &self.baseline, &mut self.guard)?
            }
        };
        let last = std::mem::replace(&mut self.comparison, comparison);
        self.keep(last);
        Ok(())
    }

    /// Keeps what was simulated to its end, as long as all that is kept takes no more than one comparison may.
    fn keep(&mut self, last: PageComparison) {
        if last.replicates() < last.planned {
            return;
        }
        self.before.push(last);
        let bytes = |kept: &[PageComparison]| kept.iter().map(|kept| kept.bytes).fold(0, u64::saturating_add);
        while self.before.len() > KEPT_BEFORE || bytes(&self.before) > self.guard.limits.bytes {
            self.before.remove(0);
        }
    }

    /// Simulates so many replicates more, as far as they are planned; how many there are then.
    ///
    /// # Errors
    /// A sentence, where they cannot be simulated.
    pub fn add(&mut self, replicates: u64) -> Result<u64, String> {
        let PageComparison { ensemble, planned, scenario, .. } = &mut self.comparison;
        let ensemble = ensemble.as_mut().map_err(|refused| refused.clone())?;
        let done = ensemble.replicates();
        let until = done.saturating_add(replicates).min(*planned);
        if until > done {
            ensemble.add_in_place(done..until, &Unwatched).map_err(|error| located(&error, scenario))?;
        }
        Ok(ensemble.replicates())
    }

    /// How many replicates were simulated of what is set now.
    pub fn replicates(&self) -> u64 {
        self.comparison.replicates()
    }

    /// How many there will be.
    pub fn planned(&self) -> u64 {
        self.comparison.planned
    }

    /// That these are not all that the scenario asks for, in a sentence, where that is so.
    pub fn limited(&self) -> Option<String> {
        let (planned, asked) = (self.comparison.planned, self.scenario.baseline.replicates);
        (planned < asked).then(|| {
            format!(
                "The scenario asks for {}; a page simulates {}, and the program all of them.",
                count(asked, "replicate"),
                whole(planned)
            )
        })
    }

    /// Why nothing is simulated, in a sentence, where that is so.
    pub fn refused(&self) -> Option<&str> {
        self.comparison.ensemble.as_ref().err().map(String::as_str)
    }

    /// What came out so far; `None` where nothing was simulated yet.
    pub fn answer(&self) -> Option<Answer> {
        let ensemble = self.comparison.ensemble.as_ref().ok().filter(|ensemble| ensemble.replicates() > 0)?;
        let of_variants = self.comparison.variants();
        let described = std::iter::once((BASELINE, "the baseline", &self.comparison.scenario.baseline))
            .chain(of_variants.iter().map(|it| (it.name.as_str(), it.label.as_str(), &it.model)));
        let variants = described.zip(ensemble.summaries()).map(|((name, label, model), summary)| {
            VariantAnswer { name: name.into(), label: label.into(), model: model.clone(), summary }
        });
        Some(Answer {
            variants: variants.collect(),
            against: 0,
            comparisons: ensemble.comparisons(),
            attributions: Vec::new(),
            precision: Vec::new(),
        })
    }

    /// How the answer comes about.
    pub fn origin(&self) -> PageOrigin {
        PageOrigin {
            name: self.name.clone(),
            seed: self.scenario.baseline.seed,
            replicates: self.comparison.planned,
            options: String::new(),
            fingerprint: self.fingerprint.clone(),
            digest: self.comparison.digest.clone(),
        }
    }

    /// What the page tells of an answer; `origin` is how it came about.
    pub fn content<'a>(&'a self, answer: &'a Answer, origin: &'a PageOrigin) -> PageContent<'a> {
        let PageComparison { scenario, source, .. } = &self.comparison;
        PageContent { scenario, source, answer, origin, words: &self.words, lesson: self.lesson }
    }

    /// What the page tells of the scenario as it was opened.
    pub fn before<'a>(&'a self, origin: &'a PageOrigin) -> PageScenario<'a> {
        PageScenario {
            scenario: &self.scenario,
            source: &self.source,
            origin,
            words: &self.words,
            lesson: self.lesson,
        }
    }

    /// The scenario as it was opened.
    pub fn scenario(&self) -> &ScenarioVariants {
        &self.scenario
    }

    /// The scenario's name: that of its file, without the ending.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its text as it was opened.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// What its author should know.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// What can be set.
    pub fn levers(&self) -> &Levers {
        &self.levers
    }

    /// What was kept and is set, as variants in TOML.
    pub fn composed(&self) -> &[ComposedVariant] {
        self.comparison.composed.as_ref().map_or(&[], |composed| &composed.variants)
    }

    /// The files that this text needs beside it, by their paths.
    pub fn files(&self) -> Vec<String> {
        let own = self.source.place();
        self.source.files_read().into_keys().filter(|path| *path != own).collect()
    }

    /// The scenario's text with what was kept and is set.
    pub fn text(&self) -> &str {
        &self.comparison.source.text
    }
}

impl PageComparison {
    /// The scenario with all of its variants, as it is run.
    fn of_file(
        source: &Source,
        scenario: &Arc<ScenarioVariants>,
        baseline: &Arc<Program>,
        guard: &mut PageGuard,
    ) -> PageComparison {
        PageComparison::of(None, source.clone(), Arc::clone(scenario), baseline, guard)
    }

    /// The scenario with what was kept and is set.
    fn of_composed(
        source: &Source,
        composed: ComposedScenario,
        baseline: &Arc<Program>,
        guard: &mut PageGuard,
    ) -> Result<PageComparison, SettingError> {
        let mut source = source.clone();
        source.text.clone_from(&composed.text);
        match scenario::load(&source) {
            Ok((scenario, _)) => {
                Ok(PageComparison::of(Some(composed), source, Arc::new(scenario), baseline, guard))
            }
            Err(problems) => Err(SettingError::Invalid { source: Box::new(source), problems }),
        }
    }

    fn of(
        composed: Option<ComposedScenario>,
        source: Source,
        scenario: Arc<ScenarioVariants>,
        baseline: &Arc<Program>,
        guard: &mut PageGuard,
    ) -> PageComparison {
        let mut comparison = PageComparison {
            composed,
            digest: sha256(&source.text),
            source,
            planned: scenario.baseline.replicates,
            scenario,
            bytes: 0,
            ensemble: Err(String::new()),
        };
        comparison.ensemble = comparison.begin(baseline, guard);
        comparison
    }

    /// How many replicates were simulated.
    fn replicates(&self) -> u64 {
        self.ensemble.as_ref().map_or(0, Ensemble::replicates)
    }

    /// Which variants are simulated beside the baseline.
    fn variants(&self) -> Vec<&Variant> {
        let shown = |variant: &&Variant| match &self.composed {
            None => true,
            Some(composed) => composed.variants.iter().any(|known| known.name == variant.name),
        };
        self.scenario.variants.iter().filter(shown).collect()
    }

    /// No replicates yet; or a sentence that says why there will be none.
    fn begin(&mut self, baseline: &Arc<Program>, guard: &mut PageGuard) -> Result<Ensemble, String> {
        let variants = self.variants();
        let mut programs = vec![Arc::clone(baseline)];
        for variant in &variants {
            guard.fit(&programs, variants.len() + 1)?;
            programs.push(compile(&variant.model));
        }
        guard.fit(&programs, variants.len() + 1)?;
        let names = std::iter::once(BASELINE).chain(variants.iter().map(|variant| variant.name.as_str()));
        let tracks: Vec<Track> =
            names.zip(&programs).map(|(name, program)| Track::new(name, program)).collect();
        let planned = guard.replicates(&programs, self.scenario.baseline.replicates)?;
        let (seed, machine) = (self.scenario.baseline.seed, Machine::from(1));
        self.bytes = guard.remember(&tracks, seed, machine, planned)?;
        self.planned = planned;
        Ensemble::new(&tracks, 0, seed, machine).map_err(|error| error.to_string())
    }
}

/// An error of replicates, with where the mechanism is written that is to blame.
fn located(error: &SimulateError, scenario: &ScenarioVariants) -> String {
    let mechanism = error.ledger().and_then(|error| error.mechanism());
    let place = mechanism.and_then(|address| Some((address, scenario.written_at(address)?)));
    let place =
        place.map_or_else(String::new, |(address, place)| format!(" (`{address}` is written at {place})"));
    format!("{error}{place}")
}
