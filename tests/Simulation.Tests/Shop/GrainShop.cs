using System.Collections.Immutable;
using System.Text.Json;
using ActorShop.Carts;
using ActorShop.Catalog;
using ActorShop.Inventory;
using ActorShop.Orders;
using ActorShop.Payments;
using ActorShop.Testing.Customers;
using ActorShop.Testing.Invariants;

namespace ActorShop.Simulation.Shop;

/// <summary>The shop as grain calls through any silo. It does what the API does: claims keys, stores answers, and names refusals.</summary>
internal sealed class GrainShop(World world) : IShop
{
    private static readonly Address Home = new("Ada", "1 Row", Line2: null, "Leeds", "LS1", "GB");

    private readonly Func<int, int> _draw = world.Draws("way to the shop");
    private readonly IdSource _ids = new SeededIds(world.Draws("ids of carts"), world.Time);

    /// <summary>Whether a fault only means that the shop could not answer.</summary>
    public static bool IsFault(Exception fault) =>
        fault is OrleansException or TimeoutException or IOException or OperationCanceledException or SiloCrashedException;

    public async Task<ShopReply> SendAsync(ShopCall call, CancellationToken cancellationToken)
    {
        var began = world.Observations.Now;
        ShopReply reply;
        try
        {
            reply = await world.AskAsync(_draw(world.SiloCount), grains => AnswerAsync(grains, call));
        }
        catch (Exception fault) when (IsFault(fault))
        {
            reply = ShopReply.Unknown;
        }
        catch (Exception bug)
        {
            world.Receipts.Report($"{call.Kind}: {bug}");
            reply = new(500);
        }

        CheckDurable(call, reply);
        world.Observations.Add(new(began, world.Observations.Now - began, reply.Status, call.Kind));
        return reply;
    }

    // An answer shows what is stored: its version is never ahead of the store.
    private void CheckDurable(ShopCall call, ShopReply reply)
    {
        var stream = call.Kind switch
        {
            CallKind.ReadStock or CallKind.Restock => StoredEvent.StreamOf(call.Sku!),
            CallKind.CreateCart or CallKind.Checkout or CallKind.Import => reply.Id,
            _ => call.Order ?? call.Cart,
        };
        if (reply.IsFine && stream is not null && world.Store.SequenceOf(stream) is var stored && reply.Version > stored)
        {
            world.Receipts.Report($"AnswersAreDurable: {call.Kind} {call.Key} shows version {reply.Version} of {stream}, and {stored} is stored");
        }
    }

    private async Task<ShopReply> AnswerAsync(IGrainFactory grains, ShopCall call)
    {
        switch (call.Kind)
        {
            case CallKind.ListProducts or CallKind.ReadProduct:
                var product = await grains.Product(new(call.Product ?? world.Workload.Goods[0].Product)).GetAsync();
                return new(product is null ? 404 : 200);
            case CallKind.CreateProduct or CallKind.SetPrice:
                await grains.Product(new(call.Product!)).PutAsync(Draft(call), expectedVersion: null);
                return new(200);
            case CallKind.ReadStock:
                return Show(200, await grains.Stock(new(call.Sku!)).GetAsync());
            case CallKind.CreateCart:
                var id = new CartId(CartId.Prefix + _ids.Next());
                return Show(201, await NewGrain.CallAsync(id.Value, () => grains.Cart(id).CreateAsync(ShopCall.Currency, externalId: null)));
            case CallKind.ReadCart:
                return Show(200, await grains.Cart(new(call.Cart!)).GetAsync());
            case CallKind.SetLine:
                return Show(await grains.Cart(new(call.Cart!)).SetItemAsync(new(call.Sku!), call.Quantity, expectedVersion: null, returnView: false));
            case CallKind.ReadOrder:
                return await grains.Order(new(call.Order!)).GetAsync() is { } order ? Show(200, order) : new(404);
            case CallKind.Checkout:
                return await CheckOutAsync(grains, call);
            default:
                return await OnceAsync(grains, call);
        }
    }

    private static Task<ShopReply> ExecuteAsync(IGrainFactory grains, ShopCall call, string operation) => call.Kind switch
    {
        CallKind.Cancel when call.IsByEmployee => ShowAsync(grains.Order(new(call.Order!)).CancelAsync(operation, "out of stock")),
        CallKind.Cancel => ShowAsync(grains.Order(new(call.Order!)).CancelByCustomerAsync(operation, "changed my mind")),
        CallKind.Capture => ShowAsync(grains.Order(new(call.Order!)).CaptureAsync(operation)),
        CallKind.Refund => ShowAsync(grains.Order(new(call.Order!)).RefundAsync(
            operation, new([RefundItem(call)], "came back", At: null, ExternalId: null, call.MakesCreditNote))),
        CallKind.Ship => ShowAsync(grains.Order(new(call.Order!)).ShipAsync(operation)),
        CallKind.Restock => AdjustAsync(grains, call, operation),
        _ => ImportAsync(grains, call, operation),
    };

    private static RequestKey RequestOf(ShopCall call) => new(
        $"anonymous {call.Kind} {call.Cart ?? call.Order ?? call.Sku}", call.Key!,
        $"{call.Token} {call.ExpectedTotal} {call.Quantity} {call.Price} {call.ReturnsUnits} {call.Sku}");

    // A request runs once under its key, and its answer is stored.
    private static async Task<ShopReply> OnceAsync(IGrainFactory grains, ShopCall call)
    {
        var request = RequestOf(call);
        var record = grains.Idempotency(request.Digest);
        switch (await record.BeginAsync(request))
        {
            case BeginResult.Run run:
                return await RunAsync(grains, call, record, run.OperationId);
            case BeginResult.Finished finished:
                return Read(finished.Answer);
            case BeginResult.Running:
                return Refuse(409, "idempotency_in_progress", isPassing: true);
            default:
                return Refuse(422, "idempotency_key_reused");
        }
    }

    private static async Task<ShopReply> RunAsync(IGrainFactory grains, ShopCall call, IIdempotencyGrain record, string operation)
    {
        ShopReply reply;
        try
        {
            reply = await ExecuteAsync(grains, call, operation);
        }
        catch (Exception)
        {
            await AbandonAsync(record, operation);
            throw;
        }

        if (reply.IsKept)
        {
            return Read(await record.FinishAsync(operation, new(reply.Status, JsonSerializer.Serialize(reply), Location: null)));
        }

        await AbandonAsync(record, operation);
        return reply;
    }

    private static async Task AbandonAsync(IIdempotencyGrain record, string operation)
    {
        try
        {
            await record.AbandonAsync(operation);
        }
        catch (Exception fault) when (IsFault(fault))
        {
            // A claim that is not given back lapses by itself.
            return;
        }
    }

    private static ShopReply Read(Answer answer) => JsonSerializer.Deserialize<ShopReply>(answer.Body)! with { Body = answer.Body };

    private static async Task<ShopReply> CheckOutAsync(IGrainFactory grains, ShopCall call) =>
        WithBody(await grains.Cart(new(call.Cart!)).CheckoutAsync(RequestOf(call), new("ada@example.org", Home, call.Token!, ExpectedTotal(call))) switch
        {
            CheckoutResult.Placed { Order: var order } => Show(order.Status is OrderStatus.Pending ? 202 : 201, order),
            CheckoutResult.Failed { Order: var order } => ShowFailure(order),
            CheckoutResult.Unknown => new(404),
            CheckoutResult.Empty => Refuse(422, "cart_empty"),
            CheckoutResult.NotOffered => Refuse(422, "not_offered"),
            CheckoutResult.PriceChanged => Refuse(422, "price_changed"),
            CheckoutResult.CheckingOut => Refuse(409, "checkout_in_progress"),
            CheckoutResult.KeyReused => Refuse(422, "idempotency_key_reused"),
            _ => Refuse(409, "cart_ordered"),
        });

    private static ShopReply WithBody(ShopReply reply) => reply with { Body = JsonSerializer.Serialize(reply) };

    private static async Task<ShopReply> ImportAsync(IGrainFactory grains, ShopCall call, string operation)
    {
        ImmutableArray<Line> lines = [Line.Of(new(call.Sku!), $"thing {call.Sku}", call.Quantity, Price(call)!.Value)];
        var order = await grains.Order(new(OrderId.Prefix + operation)).PlaceAsync(
            new(
                lines, OrderTender.External, PaymentToken: null, Cart: null, call.Key, CustomerId: null, Email: null, ShippingAddress: null,
                IdSource.TimeOf(operation), Fulfilled: call.IsShipped),
            TimeSpan.FromSeconds(5));
        return order.Status switch
        {
            OrderStatus.Failed => ShowFailure(order),
            OrderStatus.Pending => Show(202, order),
            _ => Show(201, order),
        };
    }

    private static async Task<ShopReply> AdjustAsync(IGrainFactory grains, ShopCall call, string operation) =>
        await grains.Stock(new(call.Sku!)).AdjustAsync(operation, call.Quantity, call.Key!) is AdjustResult.Adjusted { Level: var level }
            ? Show(201, level)
            : Refuse(422, "insufficient_stock");

    private static async Task<ShopReply> ShowAsync(Task<OrderOperationResult> operation) => await operation switch
    {
        OrderOperationResult.Done { Order: var order, Refunded: var refunded } => Show(200, order) with { Amount = refunded.Amount },
        OrderOperationResult.Pending => new(202),
        OrderOperationResult.Busy busy => Refuse(409, busy.Refusal.GetType().Name, isPassing: true),
        OrderOperationResult.Declined declined => Refuse(402, declined.DeclineCode),
        OrderOperationResult.Refused refused => Refuse(409, refused.Refusal.GetType().Name),
        OrderOperationResult.NoSuchLine => Refuse(422, "no_such_line"),
        OrderOperationResult.InsufficientStock => Refuse(422, "insufficient_stock"),
        OrderOperationResult.ExceedsPaid => Refuse(422, "refund_exceeds_paid"),
        _ => new(404),
    };

    private static ShopReply Show(int status, OrderView order) => new(status)
    {
        Id = order.Id.Value,
        Version = order.Version,
        State = SimulatedBooks.Word(order.Status),
        Amount = order.Totals.Total.Amount,
    };

    private static ShopReply ShowFailure(OrderView order) =>
        Refuse(order.Failure!.DeclineCode is null ? 409 : 402, SimulatedBooks.Word(order.Failure.Code));

    private static ShopReply Show(int status, StockLevel level) =>
        new(status) { Version = level.Version, OnHand = level.OnHand, Reserved = level.Reserved, BackorderLimit = level.BackorderLimit };

    private static ShopReply Show(int status, CartView? cart) => cart is null ? new(404) : new(status) { Id = cart.Id.Value, Version = cart.Version, Amount = cart.Totals.Total.Amount };

    private static ShopReply Show(CartResult result) => result switch
    {
        CartResult.Changed changed => new(200) { Version = changed.Version },
        CartResult.Unknown => new(404),
        _ => Refuse(409, result.GetType().Name),
    };

    private static ShopReply Refuse(int status, string code, bool isPassing = false) => new(status) { Code = code, IsPassing = isPassing };

    private static RefundItem RefundItem(ShopCall call) => call.Quantity == 0
        ? new(new(call.Sku!), Quantity: 0, UnitPrice: null, Restock: false, Price(call))
        : new(new(call.Sku!), call.Quantity, Price(call), call.ReturnsUnits);

    private static Money? ExpectedTotal(ShopCall call) => call.ExpectedTotal is { } amount ? new(amount, ShopCall.Currency) : null;

    private static Money? Price(ShopCall call) => call.Price is { } amount ? new(amount, ShopCall.Currency) : null;

    private static ProductDraft Draft(ShopCall call) => new(
        $"Product {call.Sku}",
        string.Empty,
        Category: null,
        ImmutableSortedDictionary<string, string>.Empty,
        [new VariantDraft(new(call.Sku!), [Price(call)!.Value], ImmutableSortedDictionary<string, string>.Empty)],
        ExternalId: null);
}
