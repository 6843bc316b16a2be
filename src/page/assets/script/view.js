// Views: the page as it is, one chart and its sentence for a projector (?view=slide), and exercises one by one.

/** Shows the view that the address says; the link to the other view says which it is. */
function chooseView() {
  const slide = new URLSearchParams(location.search).get("view") === "slide";
  if (slide) html.dataset.view = "slide";
  else delete html.dataset.view;
  for (const link of every("[data-view-link]")) {
    link.textContent = word(slide ? "whole_page" : "projector_view");
    link.href = addressOf(slide ? "" : "slide");
  }
}

const addressOf = (view) => location.pathname + (view ? `?view=${view}` : "") + location.hash;

/** Changes the view and keeps what is set, and an opened scenario. */
function changeView(view) {
  try {
    history.replaceState(null, "", addressOf(view));
  } catch {
    // A browser that does not let a file's page change its own query loads it again, with the same setting.
    location.href = addressOf(view);
  }
  chooseView();
  scrollTo(0, 0);
}

const exercises = () => every("#part-exercises .exercise");
let exercise = 0;

/** Shows one exercise of all. */
function showExercise(number) {
  const list = exercises();
  exercise = Math.max(0, Math.min(number, list.length - 1));
  list.forEach((one, at) => (one.hidden = at !== exercise));
  const part = first("#part-exercises");
  if (list.length > 1 && !first('[data-do="next-exercise"]', part)) {
    const button = (deed, text) => element("button", { type: "button", "data-do": deed }, word(text));
    part.append(element("div", { class: "buttons" }, button("previous-exercise", "previous"), button("next-exercise", "next")));
  }
  allow("previous-exercise", exercise > 0);
  allow("next-exercise", exercise < list.length - 1);
}
