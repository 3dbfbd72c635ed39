import assert from "node:assert/strict";
import { test } from "node:test";
import { useTexts } from "@shera/kit";
import { setLine, setOrder } from "../../main/frontend/pages/parts/setform";

useTexts({}, "en");

test("a release set says of its members only what was filled in, and its line of a Jenkinsfile does the same", () => {
  const order = setOrder({
    members: [
      {
        place: "shop/prod",
        image: " registry/shop@sha256:1 ",
        from: "",
        after: "stock, auth/prod",
        router: "replicas",
      },
      { place: "stock/prod", image: "", from: "staging", after: "", router: "gatewayApi", route: "stock-web" },
    ],
    template: "5-25-50-100",
    override: "it's night",
  });
  assert.deepEqual(order, {
    members: [
      {
        application: "shop",
        environment: "prod",
        image: "registry/shop@sha256:1",
        router: "replicas",
        after: ["stock", "auth/prod"],
      },
      { application: "stock", environment: "prod", from: "staging", router: "gatewayApi", route: "stock-web" },
    ],
    template: "5-25-50-100",
    override: "it's night",
  });
  assert.equal(
    setLine(order),
    "releaseSet(members: [member(application: 'shop', environment: 'prod', image: 'registry/shop@sha256:1'," +
      " after: ['stock', 'auth/prod']), member(application: 'stock', environment: 'prod'," +
      " image: findRunningImage(application: 'stock', environment: 'staging'), router: gatewayApi(route: 'stock-web'))]," +
      " template: '5-25-50-100', override: 'it\\'s night')",
  );
});

test("no line of a Jenkinsfile lets the server choose the router", () => {
  const order = setOrder({ members: [{ place: "shop/prod", image: "a", router: "" }], template: "ab" });
  assert.deepEqual(order.members, [{ application: "shop", environment: "prod", image: "a" }]);
  assert.equal(setLine(order), undefined);
});
