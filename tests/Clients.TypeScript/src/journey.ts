// The journey of the README with a client made from the OpenAPI document: node dist/journey.js http://127.0.0.1:8080 dev-admin-key
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import createClient from "openapi-fetch";
import type { components, paths } from "./shop.js";

type Problem = components["schemas"]["ProblemResponse"];

const [baseUrl = "http://127.0.0.1:8080", key = "dev-admin-key"] = process.argv.slice(2);
const shop = createClient<paths>({ baseUrl });
const merchant = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${key}` } });
const once = () => ({ "Idempotency-Key": randomUUID() });

function ok<T>(answer: { data?: T; error?: Problem; response: Response }): NonNullable<T> {
  if (answer.data === undefined || answer.data === null) {
    throw new Error(`${answer.response.status} ${answer.error?.code}: ${answer.error?.detail}`);
  }
  return answer.data;
}

// Read every page of the catalogue. The last one has no cursor.
const names = new Set<string>();
let cursor: string | undefined;
do {
  const page = ok(await shop.GET("/v1/products", { params: { query: { limit: 5, ...(cursor && { cursor }) } } }));
  for (const product of page.data) {
    assert(!names.has(product.id), "A product is listed twice.");
    names.add(product.id);
  }
  assert.equal(page.hasMore, page.nextCursor !== undefined);
  cursor = page.nextCursor;
} while (cursor !== undefined);
assert(names.size > 5, "The catalogue has more than one page.");

// Find a product and read it with its stock.
const found = ok(await shop.GET("/v1/products", { params: { query: { query: "balance", limit: 1 } } })).data[0];
assert(found);
const product = ok(await shop.GET("/v1/products/{id}", { params: { path: { id: found.id } } }));
const variant = product.variants[0];
assert(variant);
const { sku } = variant;
const before = ok(await shop.GET("/v1/stock/{sku}", { params: { path: { sku } } }));

// Fill a cart and check out.
const cart = ok(await shop.POST("/v1/carts", { body: { currency: "GBP" } }));
const path = { id: cart.id };
const filled = ok(await shop.PUT("/v1/carts/{id}/items/{sku}", { params: { path: { ...path, sku } }, body: { quantity: 2 } }));
assert.equal(filled.total.amount, 2 * variant.price.amount);
const minimal = await shop.PUT("/v1/carts/{id}/items/{sku}", {
  params: { path: { ...path, sku }, header: { Prefer: "return=minimal" } },
  body: { quantity: 2 },
});
assert.equal(minimal.response.status, 204);
const order = ok(await shop.POST("/v1/carts/{id}/checkout", {
  params: { path, header: once() },
  body: {
    email: "ada@example.com",
    shippingAddress: { name: "Ada", line1: "1 High Street", city: "Leeds", postalCode: "LS1 1AA", country: "GB" },
    payment: { token: "tok_ok" },
  },
}));
assert.equal(order.status, "confirmed");
assert.equal(order.failure, undefined);
assert.equal(ok(await shop.GET("/v1/carts/{id}", { params: { path } })).orderId, order.id);
assert.equal(ok(await shop.GET("/v1/stock/{sku}", { params: { path: { sku } } })).available, before.available - 2);

// A refusal is data too, with a code.
const empty = ok(await shop.POST("/v1/carts", { body: { currency: "GBP" } }));
const refused = await shop.POST("/v1/carts/{id}/checkout", {
  params: { path: { id: empty.id }, header: once() },
  body: {
    email: "ada@example.com",
    shippingAddress: { name: "Ada", line1: "1 High Street", city: "Leeds", postalCode: "LS1 1AA", country: "GB" },
    payment: { token: "tok_ok" },
  },
});
assert.equal(refused.error?.code, "cart_empty");
assert(refused.error.detail.length > 0);

// Capture and refund, as the merchant.
const captured = ok(await merchant.POST("/v1/admin/orders/{id}/capture", { params: { path: { id: order.id }, header: once() } }));
assert.equal(captured.order.paymentStatus, "captured");
const refunded = ok(await merchant.POST("/v1/admin/orders/{id}/refunds", {
  params: { path: { id: order.id }, header: once() },
  body: { items: [{ sku, quantity: 1, restock: true }], reason: "Broken on arrival" },
}));
assert.equal(refunded.refunded?.amount, variant.price.amount);

// The public history has steps, and the merchant's has what they changed.
const steps = ok(await shop.GET("/v1/orders/{id}/history", { params: { path: { id: order.id } } })).data.map((step) => step.type);
assert.equal(steps[0], "placed");
const events = ok(await merchant.GET("/v1/admin/orders/{id}/history", { params: { path: { id: order.id } } })).data;
assert.equal(events.find((event) => event.type === "refunded")?.refunded?.amount, variant.price.amount);

console.log(`Order ${order.number}: ${names.size} products listed, 2 units bought, 1 refunded.`);
