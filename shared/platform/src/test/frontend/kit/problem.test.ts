import assert from "node:assert/strict";
import { test } from "node:test";
import { Problem, problemOf, problemOfAnswer } from "@shera/kit/problem";
import { useTexts } from "@shera/kit/texts";

const TEXTS = {
  "kit.problem.403": "You may not do this.",
  "kit.problem.status": "The server answered {0}.",
  "kit.problem.offline": "Jenkins does not answer.",
  "kit.problem.offline.next": "Check the network.",
  "kit.problem.next.permission": "Sign in again.",
  "kit.problem.next.server": "Try again.",
};
useTexts(TEXTS, "en");

function answer(status: number, body: string, type: string): Response {
  const response = new Response(body, { status, headers: { "Content-Type": type } });
  Object.defineProperty(response, "url", { value: "https://jenkins.example.com/shera/createTenant" });
  return response;
}

test("takes the server's own words", async () => {
  const report = { error: "The name is taken.", where: "id", why: "Tenant pay has it.", next: "Choose another." };
  const problem = await problemOfAnswer(answer(422, JSON.stringify(report), "application/json;charset=UTF-8"));
  assert.deepEqual([problem.status, problem.report], [422, report]);
});

test("says what a page of HTML meant by its status", async () => {
  const problem = await problemOfAnswer(answer(403, "<html>no valid crumb</html>", "text/html"));
  assert.deepEqual(problem.report, {
    error: "You may not do this.",
    where: "/shera/createTenant",
    next: "Sign in again.",
  });
});

test("survives JSON that is none", async () => {
  const problem = await problemOfAnswer(answer(502, "{oops", "application/json"));
  assert.deepEqual(problem.report, {
    error: "The server answered 502.",
    where: "/shera/createTenant",
    next: "Try again.",
  });
});

test("tells a dead network from a refusal", () => {
  assert.equal(problemOf(new TypeError("Failed to fetch"), "/shera").message, "Jenkins does not answer.");
  const refused = new Problem(409, { error: "Changed meanwhile." });
  assert.equal(problemOf(refused, "/shera"), refused);
});
