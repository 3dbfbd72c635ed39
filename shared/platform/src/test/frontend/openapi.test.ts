import assert from "node:assert/strict";
import { test } from "node:test";
import { callsOf, curlOf, type OpenApi } from "../../main/frontend/pages/parts/openapi";

const document: OpenApi = {
  paths: {
    "/shera/tenant/{tenant}/make": {
      parameters: [{ name: "tenant", in: "path", required: true, schema: { type: "string" } }],
      post: {
        tags: ["platform"],
        parameters: [{ name: "reason", in: "query", required: true, schema: { type: "string" } }],
        requestBody: { $ref: "#/components/requestBodies/Tenant" },
        responses: { "200": { content: { "application/json": { schema: { $ref: "#/components/schemas/Node" } } } } },
      },
    },
  },
  components: {
    requestBodies: {
      Tenant: {
        content: {
          "application/json": {
            schema: {
              allOf: [{ $ref: "#/components/schemas/Named" }],
              properties: {
                hosts: { type: "array", items: { $ref: "#/components/schemas/Named" } },
                kind: { enum: ["small", "large"] },
              },
              required: ["kind", "hosts"],
            },
          },
        },
      },
    },
    schemas: {
      Named: { type: "object", properties: { name: { type: "string", description: "it's" } }, required: ["name"] },
      Node: { type: "object", properties: { next: { $ref: "#/components/schemas/Node" } } },
      Lost: { $ref: "#/components/schemas/Lost" },
    },
  },
};

test("follows references, joins parts and ends in circles", () => {
  const [call] = callsOf(document);
  assert.ok(call);
  assert.deepEqual(
    call.body.map((field) => [field.name, field.type, field.required]),
    [
      ["name", "string", true],
      ["hosts", "object[]", true],
      ["hosts[].name", "string", true],
      ["kind", "small | large", true],
    ],
  );
  assert.deepEqual(
    call.answer.map((field) => field.name),
    ["next", "next.next", "next.next.next"],
  );
  assert.deepEqual(
    call.parameters.map((field) => field.name),
    ["tenant", "reason"],
  );
});

test("writes a line that a shell takes as it is", () => {
  const [call] = callsOf(document);
  assert.ok(call);
  assert.equal(
    curlOf({ ...call, sample: { name: "it's" } }, "https://jenkins.example.com/"),
    `curl --fail-with-body --user "$USER:$TOKEN" \\\n` +
      `  'https://jenkins.example.com//shera/tenant/{tenant}/make?reason={reason}' \\\n` +
      `  --json '{"name":"it'\\''s"}'`,
  );
  assert.deepEqual(call.sample, { name: "…", kind: "small", hosts: [{ name: "…" }] });
});

test("a reference to itself or to nothing is no field", () => {
  const lost: OpenApi = {
    ...document,
    paths: {
      "/x": {
        post: {
          requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Lost" } } } },
        },
      },
    },
  };
  assert.deepEqual(callsOf(lost)[0]?.body, []);
});
