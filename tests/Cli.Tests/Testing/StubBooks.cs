using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ActorShop.Cli.Testing;

/// <summary>The part of a shop that the tool uses: products, stock with ledgers, orders, refunds, reports.</summary>
/// <remarks>Called under a lock. It records every effect, so that a test sees a repeated one.</remarks>
internal sealed class StubBooks
{
    private readonly Dictionary<string, List<(int Delta, string Reason)>> _ledgers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Invoice, List<(string Sku, int Units, long Price)> Lines)> _orders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _products = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _versions = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Month> _months = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _units = new(StringComparer.Ordinal);

    public TimeZoneInfo TimeZone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>The effects with their keys: each must occur once.</summary>
    public List<string> Effects { get; } = [];

    public Dictionary<string, JsonElement> Products { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, JsonElement> Categories { get; } = new(StringComparer.Ordinal);

    /// <summary>The products that the shop refuses.</summary>
    /// <summary>Whether the SKU of a product without a stock record has a level of version 0, as in the shop; otherwise 404.</summary>
    public bool KnowsSkusOfProducts { get; set; }

    public Func<JsonElement, bool> Refuses { get; set; } = static _ => false;

    public Dictionary<string, string> Policies { get; } = new(StringComparer.Ordinal);

    public int OnHand(string sku) => _ledgers.GetValueOrDefault(sku)?.Sum(static entry => entry.Delta) ?? 0;

    public void Archive(string externalId) => Store(
        externalId, JsonSerializer.SerializeToElement(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Products[externalId])!
            .Select(static member => member.Key is "archived" ? KeyValuePair.Create(member.Key, JsonSerializer.SerializeToElement(true)) : member).ToDictionary()));

    public void Stock(string sku, int units) => Move(sku, units, "opening stock");

    public (int Status, object? Body, string? Tag) Answer(
        string method, string path, IQueryCollection query, JsonElement body, string key, string ifMatch) =>
        (method, path.Split('/', StringSplitOptions.RemoveEmptyEntries)) switch
        {
            ("GET", ["health", "live"]) => (200, new { Status = "live" }, null),
            ("GET", ["v1", "categories"]) => (200, new { Data = Categories.Values, HasMore = false }, null),
            ("POST", ["v1", "admin", "categories"]) => PostCategory(body, IsDry(query)),
            ("GET", ["v1", "admin", "categories", var code]) => (200, new { Code = code, Archived = false }, "\"1\""),
            ("POST", ["v1", "admin", "products"]) => PostProduct(body, IsDry(query)),
            ("PUT", ["v1", "admin", "products", var id]) => PutProduct(id, body, ifMatch, IsDry(query)),
            ("GET", ["v1", "products", var id]) when Products.TryGetValue(id["prod_".Length..], out var product) => (200, product, Tag(id)),
            ("GET", ["v1", "products", var id]) => (200, new { Id = id }, null),
            ("GET", ["v1", "products"]) => (200, new { Data = _ledgers.Keys.Select(static sku => new { Id = $"prod_{sku.Length}", Skus = new[] { sku } }), HasMore = false }, null),
            ("GET", ["v1", "stock", var sku]) => Level(sku),
            ("POST", ["v1", "admin", "stock", var sku, "adjustments"]) => Adjust(sku, body, key),
            ("PUT", ["v1", "admin", "stock", var sku]) => Open(sku, body, IsDry(query)),
            ("PUT", ["v1", "admin", "stock", var sku, "policy"]) => SetPolicy(sku, body),
            ("GET", ["v1", "admin", "stock", var sku, "ledger"]) => Ledger(sku),
            ("POST", ["v1", "admin", "orders"]) => Place(body, key),
            ("GET", ["v1", "admin", "orders"]) => Find(query["externalId"].ToString()),
            ("POST", ["v1", "admin", "orders", var id, "refunds"]) => Refund(id, body, key),
            ("POST", ["v1", "admin", "credit-notes"]) => Credit(body, key),
            ("POST", ["v1", "admin", "ledger", "entries"]) => Enter(body, key),
            ("GET", ["v1", "admin", "reports", "sales"]) => (200, new { Rows = _months.Select(static month => month.Value.Row(month.Key)), LagEvents = 0, TimeZone = TimeZone.Id }, null),
            ("GET", ["v1", "admin", "reports", "best-sellers"]) => BestSellers(),
            ("POST", ["v1", "carts"]) => (201, new { Id = $"cart_{Effects.Count}" }, null),
            ("GET", ["v1", "carts", var id]) => (200, new { Id = id }, null),
            ("PUT", ["v1", "carts", _, "items", _]) => (200, new { }, null),
            ("POST", ["v1", "carts", _, "checkout"]) => (201, new { Id = "ord_cart" }, null),
            ("GET", ["v1", "orders", _]) => (200, new { Id = "ord_cart", Status = "confirmed" }, null),
            _ => Problem(404, "route_not_found"),
        };

    private (int, object?, string?) PostCategory(JsonElement body, bool isDry)
    {
        var code = body.GetProperty("code").GetString()!;
        if (Categories.ContainsKey(code))
        {
            return Problem(412, "version_mismatch");
        }

        if (isDry)
        {
            return (204, null, null);
        }

        Categories[code] = body.Clone();
        Effects.Add($"category {code}");
        return (201, new { Code = code }, null);
    }

    private (int, object?, string?) PostProduct(JsonElement body, bool isDry)
    {
        var externalId = body.GetProperty("externalId").GetString()!;
        (string Code, string Holder) taken = _products.ContainsKey(externalId) ? ("external_id_taken", externalId)
            : Products.FirstOrDefault(product => Skus(product.Value).Overlaps(Skus(body))).Key is { } holder ? ("sku_taken", holder)
            : default;
        if (taken.Code is not null)
        {
            return (409, new { taken.Code, ProductId = _products[taken.Holder] }, null);
        }

        if (Refuses(body))
        {
            return Problem(400, "validation_failed");
        }

        if (isDry)
        {
            return (204, null, null);
        }

        _products[externalId] = $"prod_{externalId}";
        Store(externalId, body);
        Effects.Add($"product {externalId}");
        return (201, new { Id = _products[externalId] }, Tag(_products[externalId]));
    }

    private (int, object?, string?) PutProduct(string id, JsonElement body, string ifMatch, bool isDry)
    {
        var externalId = id["prod_".Length..];
        if (!Same(ifMatch, Tag(id)))
        {
            return Problem(412, "version_mismatch");
        }

        if (Refuses(body))
        {
            return Problem(400, "validation_failed");
        }

        if (isDry)
        {
            return (204, null, null);
        }

        Store(externalId, body);
        Effects.Add($"change {externalId}");
        return (200, new { Id = id }, Tag(id));
    }

    private void Store(string externalId, JsonElement body)
    {
        Products[externalId] = body.Clone();
        _versions[externalId] = _versions.GetValueOrDefault(externalId) + 1;
    }

    private string Tag(string id) => $"\"{_versions.GetValueOrDefault(id["prod_".Length..])}\"";

    private static HashSet<string> Skus(JsonElement product) =>
        [.. product.GetProperty("variants").EnumerateArray().Select(static variant => variant.GetProperty("sku").GetString()!)];

    private static bool IsDry(IQueryCollection query) => Same(query["dryRun"].ToString(), "true");

    private (int, object?, string?) Open(string sku, JsonElement body, bool isDry)
    {
        if (_ledgers.ContainsKey(sku))
        {
            return Problem(409, "stock_exists");
        }

        var (units, policy) = (body.GetProperty("onHand").GetInt32(), body.GetProperty("policy").GetString()!);
        if (units < -body.GetProperty("backorderLimit").GetInt32())
        {
            return Problem(422, "insufficient_stock");
        }

        if (isDry)
        {
            return (204, null, null);
        }

        Effects.Add($"open {sku}");
        if (policy is not "tracked")
        {
            Policies[sku] = policy;
        }

        Move(sku, units, body.GetProperty("reason").GetString()!);
        return (201, new { Sku = sku }, null);
    }

    private (int, object?, string?) Level(string sku)
    {
        if (!_ledgers.TryGetValue(sku, out var ledger))
        {
            return KnowsSkusOfProducts && Products.Values.Any(product => Skus(product).Contains(sku))
                ? (200, new { Sku = sku, OnHand = 0, Reserved = 0, Policy = "tracked", BackorderLimit = 0, Version = 0 }, "\"0\"")
                : Problem(404, "sku_not_found");
        }

        var level = new { Sku = sku, OnHand = OnHand(sku), Reserved = 0, Policy = Policy(sku), BackorderLimit = 0, Version = ledger.Count };
        return (200, level, $"\"{ledger.Count}\"");
    }

    private (int, object?, string?) Adjust(string sku, JsonElement body, string key)
    {
        var delta = body.GetProperty("delta").GetInt32();
        if (Policy(sku) is "tracked" && OnHand(sku) + delta < 0)
        {
            return Problem(422, "insufficient_stock");
        }

        Effects.Add($"adjust {key}");
        Move(sku, delta, body.GetProperty("reason").GetString()!);
        return (201, new { Sku = sku }, null);
    }

    private (int, object?, string?) SetPolicy(string sku, JsonElement body)
    {
        Policies[sku] = body.GetProperty("policy").GetString()!;
        Move(sku, 0, "policy");
        return (200, new { Sku = sku }, null);
    }

    private (int, object?, string?) Ledger(string sku) => (200, new
    {
        Data = _ledgers[sku].Select(static (entry, i) => new { Sequence = i + 1, Change = entry.Delta, entry.Reason }),
        HasMore = false,
    }, null);

    private (int, object?, string?) Place(JsonElement body, string key)
    {
        var lines = Lines(body);
        foreach (var demand in lines.GroupBy(static line => line.Sku, StringComparer.Ordinal).Where(demand => Policy(demand.Key) is "tracked"))
        {
            if (OnHand(demand.Key) < demand.Sum(static line => line.Units))
            {
                return (422, new { Code = "insufficient_stock", Sku = demand.Key }, null);
            }
        }

        foreach (var (sku, units, _) in lines)
        {
            Sell(sku, -units);
            _units[sku] = _units.GetValueOrDefault(sku) + units;
        }

        var id = $"ord_{_orders.Count + 1}";
        _orders[id] = (body.GetProperty("externalId").GetString()!, [.. lines]);
        Effects.Add($"order {key}");
        var month = MonthOf(body.GetProperty("placedAt"));
        (month.Orders, month.Lines, month.Gross) = (month.Orders + 1, month.Lines + lines.Length, month.Gross + lines.Sum(static line => line.Units * line.Price));
        return (201, new { Id = id, Status = "confirmed" }, null);
    }

    private (int, object?, string?) Find(string externalId) => (200, new
    {
        Data = _orders.Where(order => Same(order.Value.Invoice, externalId)).Select(static order => new { Id = order.Key }),
        HasMore = false,
    }, null);

    private (int, object?, string?) Refund(string id, JsonElement body, string key)
    {
        var order = _orders[id];
        var wanted = Lines(body);
        foreach (var group in wanted.GroupBy(static line => line.Sku, StringComparer.Ordinal))
        {
            if (order.Lines.Where(line => Same(line.Sku, group.Key)).Sum(static line => line.Units) < group.Sum(static line => line.Units))
            {
                return (422, new { Code = "no_such_line", Sku = group.Key }, null);
            }
        }

        long refunded = 0, credited = 0;
        if (!body.TryGetProperty("creditNote", out var creditNote) || !creditNote.GetBoolean())
        {
            return Problem(422, "refund_exceeds_paid");
        }

        foreach (var (sku, units, price) in wanted)
        {
            for (var i = 0; i < units; i++)
            {
                var line = order.Lines.FindIndex(line => Same(line.Sku, sku) && line.Units > 0);
                var (_, left, paid) = order.Lines[line];
                order.Lines[line] = (sku, left - 1, paid);
                refunded += Math.Min(price, paid);
                credited += Math.Max(0, price - paid);
            }

            Sell(sku, units);
        }

        Effects.Add($"refund {id} {key}");
        Return(MonthOf(body.GetProperty("at")), body.GetProperty("externalId").GetString()!, wanted.Length, refunded, credited);
        return (200, new { Refunded = new { Amount = refunded, Currency = "GBP" }, Credited = new { Amount = credited, Currency = "GBP" } }, null);
    }

    private (int, object?, string?) Credit(JsonElement body, string key)
    {
        var lines = Lines(body);
        foreach (var (sku, units, _) in lines)
        {
            Sell(sku, units);
        }

        Effects.Add($"note {key}");
        Return(MonthOf(body.GetProperty("at")), body.GetProperty("externalId").GetString()!, lines.Length, 0, lines.Sum(static line => line.Units * line.Price));
        return (201, new { ExternalId = key }, null);
    }

    private (int, object?, string?) Enter(JsonElement body, string key)
    {
        Effects.Add($"entry {key}");
        var month = MonthOf(body.GetProperty("at"));
        month.Entries -= body.GetProperty("amount").GetProperty("amount").GetInt64();
        month.Papers.Add(body.GetProperty("externalId").GetString()!);
        return (201, new { ExternalId = key }, null);
    }

    private (int, object?, string?) BestSellers() => (200, new
    {
        Data = _units.OrderByDescending(static pair => pair.Value).Take(100).Select(static pair => new { Sku = pair.Key, Units = pair.Value }),
    }, null);

    private static void Return(Month month, string paper, int lines, long refunded, long credited)
    {
        month.Papers.Add(paper);
        month.ReturnLines += lines;
        month.Refunded += refunded;
        month.Credited += credited;
    }

    private static (string Sku, int Units, long Price)[] Lines(JsonElement body) =>
    [
        .. body.GetProperty("items").EnumerateArray().Select(static item => (
            item.GetProperty("sku").GetString()!, item.GetProperty("quantity").GetInt32(),
            item.GetProperty("unitPrice").GetProperty("amount").GetInt64())),
    ];

    private static (int, object?, string?) Problem(int status, string code) => (status, new { Code = code, Title = code }, null);

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.Ordinal);

    private string Policy(string sku) => Policies.GetValueOrDefault(sku, "tracked");

    private void Sell(string sku, int delta) => Move(sku, Policy(sku) is "tracked" ? delta : 0, "order");

    private void Move(string sku, int delta, string reason)
    {
        _ledgers.TryAdd(sku, []);
        _ledgers[sku].Add((delta, reason));
    }

    private Month MonthOf(JsonElement at)
    {
        var name = TimeZoneInfo.ConvertTime(at.GetDateTimeOffset(), TimeZone).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        _months.TryAdd(name, new Month());
        return _months[name];
    }

    private sealed class Month
    {
        public int Orders { get; set; }

        public int Lines { get; set; }

        public long Gross { get; set; }

        public HashSet<string> Papers { get; } = new(StringComparer.Ordinal);

        public int ReturnLines { get; set; }

        public long Refunded { get; set; }

        public long Credited { get; set; }

        public long Entries { get; set; }

        public object Row(string period) => new
        {
            Period = period,
            Orders,
            Lines,
            Gross = Pounds(Gross),
            Documents = Papers.Count,
            RefundedLines = ReturnLines,
            Refunded = Pounds(Refunded),
            Credited = Pounds(Credited),
            Entries = Pounds(Entries),
            Net = Pounds(Gross - Refunded - Credited + Entries),
        };

        private static object Pounds(long amount) => new { Amount = amount, Currency = "GBP" };
    }
}
