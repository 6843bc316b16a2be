//! Makes an SVG say what it shows to who does not see it.

use super::canvas::{FAMILY, UNITS};
use super::spec::Spec;
use super::text::escape;

/// The elements of a drawing as an SVG of `width` by `height` pixels, with a title and a description that screen readers read.
pub fn document(elements: &str, spec: &Spec, width: f64, height: f64) -> String {
    let id = &spec.name;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {:.0} {:.0}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" \
         font-family=\"{FAMILY}\" fill=\"none\">\n\
         <title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>\n{elements}</svg>\n",
        width * UNITS,
        height * UNITS,
        escape(&spec.title),
        escape(&spec.alt()),
    )
}
