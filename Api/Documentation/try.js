// Makes "Try it out" succeed as it stands, in a shop for development: fills in the API key, and replaces the ids of the examples with
// those of a cart or an order that it creates.
(() => {
  const key = "__KEY__";
  const digits = "__DIGITS__";
  const sku = "__SKU__";

  const call = async (method, path, body) => {
    const response = await fetch(path, {
      method,
      headers: { "Authorization": `Bearer ${key}`, "Content-Type": "application/json", "Idempotency-Key": `docs-${Date.now()}-${Math.random()}` },
      body: body && JSON.stringify(body),
    });
    return response.json();
  };

  const exampleOf = async path => (await call("GET", "/openapi/v1.json")).paths[path].post.requestBody.content["application/json"].example;

  const create = {
    cart_: async () => {
      const { id } = await call("POST", "/v1/carts", await exampleOf("/v1/carts"));
      await call("PUT", `/v1/carts/${id}/items/${sku}`, { quantity: 2 });
      return id;
    },
    ord_: async path => {
      const cart = await create.cart_();
      const { id } = await call("POST", `/v1/carts/${cart}/checkout`, await exampleOf("/v1/carts/{id}/checkout"));
      if (path.endsWith("/refunds")) {
        await call("POST", `/v1/admin/orders/${id}/capture`, {});
      }
      return id;
    },
    pay_: async path => (await call("GET", `/v1/admin/orders/${await create.ord_(path)}`)).paymentId,
  };

  window.tryItOut = async request => {
    const path = new URL(request.url, window.location.href).pathname;
    for (const prefix of Object.keys(create)) {
      if (path.includes(prefix + digits)) {
        request.url = request.url.replace(prefix + digits, await create[prefix](path));
      }
    }
    return request;
  };

  const authorize = setInterval(() => {
    if (window.ui?.preauthorizeApiKey("apiKey", key)) {
      clearInterval(authorize);
    }
  }, 200);
})();
