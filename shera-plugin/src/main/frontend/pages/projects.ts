import {
  appBar,
  fill,
  getJson,
  pill,
  poll,
  problemNotice,
  routed,
  start,
  text,
  type Page,
  type Polling,
} from "@shera/kit";
import { projectForm } from "./parts/form";
import { drawList } from "./parts/list";
import type { Project, Projects, Run, RunFacts } from "./parts/model";
import { drawProject } from "./parts/project";
import { drawRun } from "./parts/run";

const LIVE_MILLIS = 5_000;

start((page) => {
  let polling: Polling | undefined;
  let turn = 0;
  routed((route) => {
    polling?.stop();
    polling = undefined;
    const mine = ++turn;
    draw(page, route).then(
      (begun) => {
        if (mine === turn) polling = begun;
        else begun?.stop();
      },
      (thrown: unknown) => fill(page.element, problemNotice(thrown)),
    );
  });
});

async function draw(page: Page, route: string): Promise<Polling | undefined> {
  const [name = "", part = "", other = ""] = route.split("/");
  const back = (to: string) => () => void (location.hash = to);
  if (name === "") return live<Projects>(`${page.url}/api/json`, (all) => drawList(page, all));
  if (name === "new") {
    const all = await getJson<Projects>(`${page.url}/api/json`);
    const form = projectForm(page.url, all, null, back(""), (made) => back(`#${made}`)());
    fill(page.element, appBar(text("newProject"), [pill("idle", all.title)], []), form.element);
    form.focus();
    return undefined;
  }
  const address = `${page.url}/project/${encodeURIComponent(name)}`;
  if (part === "") return live<Project>(`${address}/api/json`, (project) => drawProject(page, project));
  const project = await getJson<Project>(`${address}/api/json`);
  if (part === "edit") {
    const all = await getJson<Projects>(`${page.url}/api/json`);
    const form = projectForm(page.url, all, project, back(`#${name}`), back(`#${name}`));
    fill(page.element, appBar(name, [], []), form.element);
    form.focus();
    return undefined;
  }
  const run = await getJson<Run>(`${address}/run/${encodeURIComponent(part)}/api/json`);
  const against = other === "" ? null : await getJson<RunFacts>(`${address}/run/${encodeURIComponent(other)}/api/json`);
  return drawRun(page, project, run, against);
}

/** Draws what is read, at first and whenever it has changed. */
async function live<T>(address: string, show: (read: T) => void): Promise<Polling> {
  let last = "";
  const look = async (signal?: AbortSignal) => {
    const read = await getJson<T>(address, signal);
    const now = JSON.stringify(read);
    if (now !== last) show(read);
    last = now;
  };
  await look();
  return poll(look, LIVE_MILLIS);
}
