using ActorShop.Api.Access;
using ActorShop.Api.Documentation;
using Microsoft.OpenApi;

namespace ActorShop.Api;

/// <summary>Reads the parameters of a query strictly: repeated and invalid ones are refused, and <see cref="Unknown"/> ones on every route.</summary>
/// <param name="request">The request; null to learn which parameters there are.</param>
internal sealed class QueryReader(HttpRequest? request)
{
    private readonly ValidationErrors _errors = new();

    /// <summary>The parameters for the documentation, if there is no request.</summary>
    public List<OpenApiParameter> Declared { get; } = [];

    /// <summary>The page that was asked for; null if the query has none.</summary>
    public Paging? Paging { get; private set; }

    public string? Text(string name, string description, int maximum = 200) =>
        Get(name, description, text => TextAttribute.Check(text, 1, maximum), () => Limited(new TextAttribute(1, maximum)));

    public string? Choice(string name, string description, params string[] words) => Get(
        name, description,
        text => words.Contains(text, StringComparer.Ordinal) ? null : new Violation("invalid_value", $"Must be one of: {string.Join(", ", words)}."),
        () => new() { Enum = [.. words], Examples = [words[0]] });

    public T? Word<T>(string name, string description)
        where T : struct, Enum
    {
        var words = Words.All(typeof(T));
        return Array.IndexOf(words, Choice(name, description, words)) is >= 0 and var index ? Enum.GetValues<T>()[index] : null;
    }

    public Sku? Sku(string name, string description) =>
        Get(name, description, SkuAttribute.CheckReference, AnySku) is { } text ? new(text) : null;

    public string RequiredSku(string name, string description) =>
        Get(name, description, SkuAttribute.CheckReference, AnySku, isRequired: true)!;

    public string? Currency(string name, string description) => Get(
        name, description, CurrencyAttribute.CheckKnown, static () => Limited(new CurrencyAttribute { AllowWithdrawn = true }, "GBP"));

    public long? Number(string name, string description, long minimum, long maximum)
    {
        var number = Parsed<long>(
            name, description, () => new() { Type = JsonSchemaType.Integer, Format = "int64", Minimum = $"{minimum}", Maximum = $"{maximum}", Examples = [maximum] }, "Must be a whole number.",

            // In its one spelling: parsing accepts a plus, zeros in front, and NUL at the end.
            static text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                && string.Equals(number.ToString(CultureInfo.InvariantCulture), text, StringComparison.Ordinal) ? number : null);
        if (number < minimum || number > maximum)
        {
            _errors.Add(Pointer(name), "out_of_range", string.Create(CultureInfo.InvariantCulture, $"Must be between {minimum} and {maximum}."));
        }

        return number;
    }

    public bool? Flag(string name, string description) => Parsed<bool>(
        name, description, static () => new() { Type = JsonSchemaType.Boolean, Examples = [true] }, "Must be true or false.",
        static text => text switch { "true" => true, "false" => false, _ => null });

    public DateOnly? Day(string name, string description) => Parsed<DateOnly>(
        name, description, static () => new() { Format = "date", Examples = ["2011-12-09"] }, "Must be a date, such as 2011-12-09.",
        static text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null);

    /// <summary>The days of a report, both included.</summary>
    public (DateOnly? From, DateOnly? To) Days()
    {
        var (from, to) = (Day("from", "The first day."), Day("to", "The last day. Not before `from`."));
        if (from > to)
        {
            _errors.Add(Pointer("to"), "invalid_value", "Must not be before from.");
        }

        return (from, to);
    }

    public DateTimeOffset? Time(string name, string description) => Parsed<DateTimeOffset>(
        name, description, static () => new() { Format = "date-time", Examples = ["2011-12-09T12:50:00Z"] },
        "Must be an RFC 3339 time with an offset, such as 2011-12-09T12:50:00Z.",
        static text => Rfc3339.TryParse(text, out var time) ? time : null);

    public int Limit() => (int)(Number("limit", "The maximum number of items. Defaults to 25.", 1, 100) ?? 25);

    public Paging Page()
    {
        var limit = Limit();
        var filters = string.Join('\n', (request?.Query ?? QueryCollection.Empty)
            .Where(static pair => pair.Key is not ("limit" or "cursor"))
            .OrderBy(static pair => pair.Key, StringComparer.Ordinal)
            .Select(static pair => $"{pair.Key}={pair.Value}")
            .Prepend($"{request?.HttpContext.User.Caller()} {request?.Path.Value}"));
        var cursor = Get("cursor", "The `nextCursor` of the previous page. The filters must be the same.", static _ => null, Cursor.ToSchema);
        return Paging = new Paging(filters, limit, cursor);
    }

    /// <summary>The problem of the query after all parameters were read; null if it is valid.</summary>
    public Problem? Finish() => _errors.IsEmpty ? null : _errors.ToProblem();

    /// <summary>The problem of a request with parameters that its route does not have.</summary>
    public static Problem? Unknown(HttpRequest request, EndpointMetadataCollection metadata)
    {
        if (request.Query.Count == 0)
        {
            return null;
        }

        var errors = new ValidationErrors();
        var known = metadata.GetOrderedMetadata<OpenApiParameter>().Where(static parameter => parameter.In is ParameterLocation.Query);
        foreach (var name in request.Query.Keys.Except(known.Select(static parameter => parameter.Name!), StringComparer.Ordinal))
        {
            errors.Add(Pointer(name), "unknown_parameter", "Unknown parameter (names are case-sensitive).");
        }

        return errors.IsEmpty ? null : errors.ToProblem();
    }

    private static OpenApiSchema AnySku() => Limited(new SkuAttribute { IsReference = true }, SkuAttribute.Example);

    private static OpenApiSchema Limited(ValidationAttribute rule, string? example = null)
    {
        var schema = new OpenApiSchema { Type = JsonSchemaType.String, Examples = [example ?? "x"] };
        SchemaTransformer.AddLimits(schema, rule);
        return schema;
    }

    private static string Pointer(string name) => $"query:{name}";

    private T? Parsed<T>(string name, string description, Func<OpenApiSchema> schema, string message, Func<string, T?> parse)
        where T : struct
    {
        T? value = null;
        Get(name, description, text => (value = parse(text)) is null ? new Violation("wrong_type", message) : null, schema);
        return value;
    }

    // The collection ignores case. A name in another case is refused as unknown.
    private string? Get(
        string name, string description, Func<string, Violation?> check, Func<OpenApiSchema>? schema = null, bool isRequired = false)
    {
        if (request is null)
        {
            var declared = schema?.Invoke() ?? new();
            declared.Type ??= JsonSchemaType.String;
            Declared.Add(new() { Name = name, In = ParameterLocation.Query, Required = isRequired, Description = description, Schema = declared });
            return isRequired ? string.Empty : null;
        }

        var values = request.Query[name];
        if (values.Count > 1)
        {
            _errors.Add(Pointer(name), "duplicate_parameter", "Duplicate parameter.");
        }

        var text = values.Count > 0 ? values[0] : isRequired ? string.Empty : null;
        if (text is not null && check(text) is { } violation)
        {
            _errors.Add(Pointer(name), violation.Code, violation.ErrorMessage!);
        }

        return text;
    }
}
