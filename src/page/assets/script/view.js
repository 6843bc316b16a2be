// Views: the page as it is, one chart and its sentence for a projector (?view=slide), and exercises one by one.

function chooseView() {
  const view = new URLSearchParams(location.search).get("view");
  if (view === "slide") html.dataset.view = "slide";
}

const exercises = () => every("#part-exercises .exercise");
let exercise = 0;

/** Shows one exercise of all. */
function showExercise(number) {
  const list = exercises();
  exercise = Math.max(0, Math.min(number, list.length - 1));
  list.forEach((one, at) => (one.hidden = at !== exercise));
  allow("previous-exercise", exercise > 0);
  allow("next-exercise", exercise < list.length - 1);
}
