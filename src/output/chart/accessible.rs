//! Makes an SVG say what it shows to who does not see it.

use super::spec::Spec;
use super::text::escape;

/// The SVG of what was drawn, with a title and a description that screen readers read, sized `width` by `height` pixels.
pub fn describe(elements: &str, spec: &Spec, width: f64, height: f64) -> String {
    let id = &spec.name;
    let units = super::canvas::UNITS;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {:.0} {:.0}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\n\
         <title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>\n{elements}</svg>\n",
        width * units,
        height * units,
        escape(&spec.title),
        escape(&spec.alt()),
    )
}
