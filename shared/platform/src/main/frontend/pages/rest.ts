import {
  appBar,
  copyButton,
  counted,
  empty,
  fill,
  getJson,
  h,
  pill,
  start,
  Table,
  text,
  type Child,
  type Filter,
} from "@shera/kit";
import { callsOf, curlOf, type ApiCall, type ApiField, type OpenApi } from "./parts/openapi";

interface Rest {
  readonly document: string;
}

start(async (page) => {
  const { document: address } = await getJson<Rest>(`${page.url}/api/json`);
  const document = await getJson<OpenApi>(address);
  const calls = callsOf(document);
  const root = document.servers?.[0]?.url ?? location.origin + page.root;
  const table = callsTable(calls, root);
  const download = h("a", { class: "jenkins-button", href: address, download: "openapi.json" }, "openapi.json");
  fill(
    page.element,
    appBar(text("rest"), [pill("idle", counted("rest.count", calls.length))], [download]),
    h("p", { class: "shera-muted shera-rest__words", lang: "en" }, document.info?.description ?? ""),
    table.element,
  );
  table.show(calls);
});

function callsTable(calls: readonly ApiCall[], root: string): Table<ApiCall> {
  const plugins = [...new Set(calls.map((call) => call.plugin))];
  return new Table<ApiCall>({
    label: text("rest"),
    columns: [
      {
        title: text("rest.call"),
        cell: (call) => callCell(call, root),
        value: (call) => `${call.path} ${call.method}`,
      },
    ],
    key: (call) => `${call.method} ${call.path}`,
    searchText: (call) => `${call.method} ${call.path} ${call.summary} ${call.description}`,
    searchHint: text("rest.search"),
    filters: plugins.map((plugin): Filter<ApiCall> => ({ label: plugin, keeps: (call) => call.plugin === plugin })),
    whenEmpty: () => empty(text("rest.none")),
  });
}

function callCell(call: ApiCall, root: string): Child {
  const details = h(
    "details",
    { class: "shera-rest__call" },
    h(
      "summary",
      {},
      h("span", { class: "shera-rest__method" }, pill(call.method === "GET" ? "info" : "warn", call.method)),
      " ",
      h("code", {}, call.path),
      h("span", { class: "shera-rest__summary", lang: "en" }, call.summary),
    ),
  );
  details.addEventListener("toggle", () => details.append(callDetails(call, root)), { once: true });
  return details;
}

function callDetails(call: ApiCall, root: string): HTMLElement {
  const line = curlOf(call, root);
  return h(
    "div",
    { class: "shera-rest__details" },
    call.description && h("p", { lang: "en" }, call.description),
    fieldList(text("rest.parameters"), call.parameters),
    call.rawBody ? h("p", {}, text("rest.rawBody", call.rawBody)) : fieldList(text("rest.body"), call.body),
    fieldList(text("rest.answer"), call.answer),
    h(
      "div",
      { class: "shera-byhand__head" },
      h("b", {}, "curl"),
      copyButton(() => line),
    ),
    h("pre", { class: "shera-code", tabindex: 0 }, line),
  );
}

function fieldList(title: string, fields: readonly ApiField[]): Child {
  if (fields.length === 0) return null;
  const row = (field: ApiField) =>
    h(
      "tr",
      {},
      h(
        "td",
        {},
        h("code", {}, field.name),
        field.required && h("span", { class: "shera-rest__must" }, text("rest.must")),
      ),
      h("td", {}, field.type),
      h("td", { lang: "en" }, field.description),
    );
  const heads = [text("rest.field"), text("rest.type"), text("rest.meaning")].map((name) =>
    h("th", { scope: "col" }, name),
  );
  return h(
    "table",
    { class: "shera-rest__fields" },
    h("caption", {}, title),
    h("thead", {}, h("tr", {}, ...heads)),
    h("tbody", {}, ...fields.map(row)),
  );
}
