import assert from "node:assert/strict";
import { test } from "node:test";
import { useTexts } from "@shera/kit";
import { jenkinsfile } from "../../main/frontend/pages/parts/jenkinsfile";
import { orderOf, podParts, valuesOf, type Running } from "../../main/frontend/pages/parts/order";

useTexts({}, "en");

const RUNNING: Running = {
  deployed: true,
  order: {
    environment: "prod",
    image: "registry/shop@sha256:1",
    replicas: 2,
    port: 8080,
    ports: { metrics: "9090" },
    cpu: "2",
    env: { GREETING: "a=b" },
    configFiles: { "/etc/shop.conf": "a=1\n" },
    keepSecrets: ["/etc/key", "DB_PSW", "DB_USR", "TOKEN"],
    volumes: [{ name: "data", mountPath: "/data", size: "1Gi", accessMode: "ReadWriteOnce", keep: "false" }],
    bind: { Q: "shop-mq" },
    pod: [
      { type: "probe", with: { kind: "liveness", path: "/live", periodSeconds: "5" } },
      { type: "probe", with: { kind: "startup", by: "grpc", port: "90" } },
      { type: "serviceAccount", with: { name: "shop" } },
      { type: "toleration", with: { key: "gpu", effect: "NoSchedule" } },
      { type: "spread", with: { over: "zone", required: "true" } },
      { type: "termination", with: { graceSeconds: "9", command: "sync" } },
    ],
    was: "abc",
  },
  secrets: [
    { target: "/etc/key", credential: "key", plain: false, keeps: ["/etc/key"] },
    { target: "DB", credential: "db-login", plain: false, keeps: ["DB_USR", "DB_PSW"] },
    { target: "TOKEN", credential: "", plain: true, keeps: ["TOKEN"] },
  ],
  unsaid: [],
  storageClasses: [],
  middleware: ["shop-mq"],
  credentials: [],
  additions: [
    {
      name: "thresholds",
      title: "Thresholds",
      help: "",
      item: "threshold",
      fields: [],
      values: [{ metric: "cpu", warning: "1", below: false }],
    },
  ],
};

test("a form that nobody touched says just what runs", () => {
  const order = orderOf(RUNNING, valuesOf(RUNNING, ""));
  const { was, keepSecrets, replicas, port, volumes, ...rest } = RUNNING.order;
  assert.equal(was, "abc");
  assert.deepEqual([...(order["keepSecrets"] as string[])].sort(), keepSecrets);
  assert.equal(order["replicas"], replicas);
  assert.equal(order["port"], port);
  assert.deepEqual(order["volumes"], [{ ...volumes?.[0], keep: false }]);
  for (const [name, value] of Object.entries(rest)) assert.deepEqual(order[name], value, name);
  assert.ok(!("thresholds" in order), "nothing is said of what did not change");
});

test("what is taken out of the form is said to go, and a credential takes the place of what was kept", () => {
  const values = valuesOf(RUNNING, "registry/shop@sha256:2");
  const order = orderOf(RUNNING, {
    ...values,
    configFiles: [],
    bind: [],
    secrets: [
      { target: "DB", credential: "new-login" },
      { target: "/etc/key", credential: "" },
    ],
    thresholds: [{ metric: "cpu", warning: "2", below: false }],
  });
  assert.equal(order["image"], "registry/shop@sha256:2");
  assert.deepEqual(order["configFiles"], {});
  assert.deepEqual(order["bind"], {});
  assert.deepEqual(order["secrets"], { DB: "new-login" });
  assert.deepEqual(order["keepSecrets"], ["/etc/key"]);
  assert.deepEqual(order["thresholds"], [{ metric: "cpu", warning: "2" }]);
});

test("the line of the Jenkinsfile names credentials where they are known, and is left out where they are not", () => {
  const values = valuesOf(RUNNING, "");
  assert.equal(jenkinsfile("shop", RUNNING, orderOf(RUNNING, values)), undefined);
  const known = { ...values, secrets: (values["secrets"] as object[]).slice(0, 2) };
  assert.equal(
    jenkinsfile("shop", RUNNING, orderOf(RUNNING, known)),
    "deployApplication(application: 'shop', environment: 'prod', image: 'registry/shop@sha256:1', port: 8080, replicas: 2, cpu: '2'," +
      " env: [GREETING: 'a=b'], configFiles: ['/etc/shop.conf': 'a=1\\n'], secrets: [DB: 'db-login']," +
      " secretFiles: ['/etc/key': 'key'], bind: [Q: 'shop-mq'], ports: [metrics: '9090'], volumes: [volume(name: 'data', mountPath: '/data', size: '1Gi'," +
      " accessMode: 'ReadWriteOnce', keep: false)], pod: [probe(kind: 'liveness', path: '/live', periodSeconds: 5)," +
      " probe(kind: 'startup', by: 'grpc', port: 90), serviceAccount('shop')," +
      " toleration(key: 'gpu', effect: 'NoSchedule'), spread(over: 'zone', required: true)," +
      " termination(graceSeconds: 9, command: 'sync')])",
  );
});

test("each part of the pods knows where it stands in the form", () => {
  assert.deepEqual(
    podParts(valuesOf(RUNNING, "")).map((placed) => placed.field),
    ["probes[0]", "probes[1]", "account", "tolerations[0]", "spread[0]", "grace"],
  );
});

test("a first deployment says only what was filled in", () => {
  const nothing: Running = {
    ...RUNNING,
    deployed: false,
    order: { environment: "prod" },
    secrets: [],
    additions: [],
  };
  assert.deepEqual(orderOf(nothing, valuesOf(nothing, "registry/shop:1")), {
    environment: "prod",
    image: "registry/shop:1",
  });
});
