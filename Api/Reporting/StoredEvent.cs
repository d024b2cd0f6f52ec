namespace ActorShop.Api.Reporting;

/// <summary>The data of a stored event, of which the API shows a part. Which members there are depends on the event and on the build that wrote it.</summary>
internal readonly struct StoredEvent(string json)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new Words() } };

    private readonly JsonElement _data = JsonElement.Parse(json);

    /// <summary>A member, by the names on the way to it; null if there is none.</summary>
    public T? Read<T>(params ReadOnlySpan<string> path)
    {
        var at = _data;
        foreach (var name in path)
        {
            if (at.ValueKind is not JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return default;
            }
        }

        return at.Deserialize<T>(Options);
    }

    public string? Text(params ReadOnlySpan<string> path) => Read<string>(path);

    public MoneyBody? Money(params ReadOnlySpan<string> path) => Read<MoneyBody>(path) is { Currency: not null } money ? money : null;
}
