import assert from "node:assert/strict";
import { test } from "node:test";
import { inherited, metricsOf, shortValue, wanted, type Threshold } from "../../main/frontend/pages/parts/thresholds";

const threads: Threshold = {
  metric: "threads",
  unit: "count",
  warning: "300",
  critical: "",
  for: "5m",
  below: false,
  off: false,
  runbookUrl: "",
  level: "application",
  own: true,
  series: "",
  exporter: "",
  measured: false,
  overrides: [
    {
      metric: "threads",
      unit: "count",
      warning: "200",
      critical: "",
      for: "5m",
      below: false,
      off: false,
      runbookUrl: "",
      level: "platform",
    },
  ],
};

test("a threshold of one's own lies over what is inherited", () => {
  assert.equal(inherited(threads)?.warning, "200");
  assert.equal(inherited({ ...threads, own: false })?.warning, "300");
  assert.equal(inherited({ ...threads, overrides: [] }), undefined);
});

test("the usual metrics stand there even when nobody set any", () => {
  assert.deepEqual(metricsOf([{ ...threads, metric: "queue_depth" }]), [
    "cpu",
    "memory",
    "threads",
    "sockets",
    "queue_depth",
  ]);
});

test("only what was set is sent, and a metric that is off sends nothing else", () => {
  const nothing = { warning: "", critical: "", for: "5m", below: true, off: false, runbookUrl: "" };
  assert.deepEqual(
    wanted([
      { metric: "cpu", ...nothing },
      { metric: "threads", ...nothing, warning: "300", runbookUrl: "https://wiki.example.com/x" },
      { metric: "memory", ...nothing, warning: "1Gi", off: true },
    ]),
    [
      { metric: "threads", warning: "300", for: "5m", below: true, runbookUrl: "https://wiki.example.com/x" },
      { metric: "memory", off: true },
    ],
  );
});

test("values fit a table", () => {
  assert.equal(shortValue("4.194304e+08", "memory"), "400 Mi");
  assert.equal(shortValue("301.12345", "threads"), "301.1");
  assert.equal(shortValue("NaN", "threads"), "NaN");
});
