import {
  applicationFrame,
  appBar,
  card,
  empty,
  fill,
  getJson,
  h,
  loading,
  pill,
  poll,
  problemNotice,
  routed,
  start,
  text,
  whenChanged,
  type Page,
  type Polling,
} from "@shera/kit";
import { applicationFields, environmentsForForm, environmentsForServer } from "./parts/application-fields";
import type { Application, Environment, Running, Tenant } from "./parts/model";
import { GlanceCards } from "./parts/glance";
import { removeThing } from "./parts/remove";
import { LIVE_MILLIS, runningOf } from "./parts/running";
import { imageName, pods, qualityPill, statePill } from "./parts/states";
import { Timeline } from "./parts/timeline";
import { goTo, writeForm } from "./parts/write";

/** How often the plugins are asked again what they tell at a glance. */
const GLANCE_MILLIS = 30_000;

start(async (page) => {
  const application = await getJson<Application>(`${page.url}/api/json`);
  let polling: Polling | undefined;
  routed((route) => {
    polling?.stop();
    if (route === "edit") void edit(page, application);
    else if (route === "timeline") polling = timelineTab(page, application);
    else polling = overviewTab(page, application);
  });
});

function frame(page: Page, application: Application, tab: string): HTMLElement {
  const actions = (application.actions ?? []).map((action, index) =>
    h(
      "a",
      { class: index === 0 ? "jenkins-button jenkins-button--primary" : "jenkins-button", href: action.url },
      action.title,
    ),
  );
  const settings = application.can.administer && h("a", { class: "jenkins-button", href: "#edit" }, text("edit"));
  return applicationFrame(page, application, tab, [], [...actions, settings]);
}

function overviewTab(page: Page, application: Application): Polling {
  const content = frame(page, application, "overview");
  const said = h("div", {});
  const live = h("div", { class: "shera-stack" }, loading(3));
  const glance = new GlanceCards(page, application);
  const timeline = new Timeline(page.url, 12, false);
  const history = card(text("timeline"), [timeline.element], h("a", { href: "#timeline" }, text("timeline.all")));
  fill(
    content,
    said,
    h(
      "div",
      { class: "shera-columns" },
      h("div", { class: "shera-stack" }, live, aboutCard(application), glance.element),
      history,
    ),
  );
  const show = whenChanged<readonly Running[]>((running) => fill(live, ...liveCards(application, running)));
  const looking = poll((signal) => glance.refresh(signal), GLANCE_MILLIS);
  const asking = poll(async (signal) => {
    try {
      const [running] = await Promise.all([runningOf(page, application.tenant, signal), timeline.refresh(signal)]);
      show(running.get(application.name) ?? []);
      fill(said);
    } catch (thrown) {
      if (signal.aborted) return;
      fill(said, problemNotice(thrown));
      show([]);
      throw thrown;
    }
  }, LIVE_MILLIS);
  return {
    ...asking,
    stop: () => {
      looking.stop();
      asking.stop();
    },
  };
}

function timelineTab(page: Page, application: Application): Polling {
  const content = frame(page, application, "timeline");
  const said = h("div", {});
  const timeline = new Timeline(page.url, 50, true);
  fill(content, said, card(text("timeline"), [timeline.element]));
  return poll(async (signal) => {
    try {
      await timeline.refresh(signal);
      fill(said);
    } catch (thrown) {
      if (signal.aborted) return;
      fill(said, problemNotice(thrown));
      throw thrown;
    }
  }, LIVE_MILLIS * 2);
}

function liveCards(application: Application, running: readonly Running[]): HTMLElement[] {
  if (application.environments.length === 0)
    return [empty(text("application.noEnvironments"), text("application.noEnvironments.why"))];
  return application.environments.map((environment) => {
    const now = running.find((one) => one.environment === environment.name);
    const place = h("span", { class: "shera-muted shera-small" }, `${environment.cluster} / ${environment.namespace}`);
    return card(
      environment.name,
      now ? facts(now, environment) : [h("span", { class: "shera-muted" }, text("running.unknown"))],
      place,
    );
  });
}

function facts(now: Running, environment: Environment): HTMLElement[] {
  const state = h("div", { class: "shera-row" }, statePill(now), now.why && h("span", {}, now.why));
  if (now.state === "Absent") return [state];
  return [
    h(
      "dl",
      { class: "shera-facts" },
      ...pair(text("applications.state"), state),
      ...pair(text("applications.image"), h("div", { class: "shera-row" }, imageName(now), qualityPill(now.quality))),
      ...pair(text("applications.pods"), pods(now)),
      ...pair(text("running.restarts"), now.restarts === null ? null : String(now.restarts)),
      ...pair(text("running.links"), links(now)),
      ...pair(
        text("environment.policy"),
        h(
          "span",
          { class: "shera-row" },
          pill("idle", environment.policy.podSecurity),
          environment.policy.images !== "any" && pill("idle", text(`environment.images.${environment.policy.images}`)),
          environment.policy.requirePromote && pill("idle", text("environment.requirePromote")),
          environment.policy.requireApproval && pill("idle", text("environment.requireApproval")),
        ),
      ),
    ),
  ];
}

/** Pages elsewhere about what runs; each opens beside this one. */
function links(now: Running): HTMLElement | null {
  const known = (now.links ?? []).filter((each) => /^https?:\/\//.test(each.url));
  if (known.length === 0) return null;
  const link = (title: string, href: string) => h("a", { href, target: "_blank", rel: "noopener noreferrer" }, title);
  return h("span", { class: "shera-row" }, ...known.map((each) => link(each.title, each.url)));
}

function aboutCard(application: Application): HTMLElement {
  const repository = application.repository || text("application.noRepository");
  return card(text("application.about"), [
    h(
      "dl",
      { class: "shera-facts" },
      ...pair(text("application.description"), application.description || null),
      ...pair(text("application.repository"), h("code", {}, repository)),
    ),
  ]);
}

function pair(name: string, value: Node | string | null): (HTMLElement | null)[] {
  return value === null ? [] : [h("dt", {}, name), h("dd", {}, value)];
}

async function edit(page: Page, application: Application): Promise<void> {
  const tenant = await getJson<Tenant>(`${page.shera}/tenant/${encodeURIComponent(application.tenant)}/api/json`);
  const remove = h(
    "button",
    { type: "button", class: "jenkins-button jenkins-!-destructive-color" },
    text("remove.verb"),
  );
  remove.addEventListener(
    "click",
    () =>
      void removeThing(application.name, page.url, application.version, [
        text("application.remove.gone"),
        text("application.remove.stays"),
      ]),
  );
  const form = writeForm({
    label: application.title,
    url: `${page.url}/update`,
    fields: applicationFields(false, tenant.clusters),
    values: { ...application, environments: environmentsForForm(application.environments) },
    verb: text("save"),
    version: application.version,
    translate: environmentsForServer,
    cancel: () => (location.hash = ""),
    written: () => goTo(page.url),
  });
  fill(page.element, appBar(application.title, [pill("idle", tenant.title)], [remove]), form.element);
  form.focus();
}
