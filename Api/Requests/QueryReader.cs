using System.Globalization;
using System.Text;
using Microsoft.OpenApi;

namespace ActorShop.Api;

/// <summary>Reads the parameters of a query strictly: unknown, repeated and invalid ones are refused.</summary>
/// <param name="request">The request; null to learn which parameters there are.</param>
internal sealed class QueryReader(HttpRequest? request)
{
    private readonly List<QueryParameter> _declared = [];
    private readonly ValidationErrors _errors = new();
    private bool _hasForeignCursor;

    public IReadOnlyList<QueryParameter> Declared => _declared;

    public string? Text(string name, string description, int maximum = 200) =>
        Checked(name, Get(new(name, JsonSchemaType.String, description)), text => TextAttribute.Check(text, 1, maximum));

    public string? Choice(string name, string description, params string[] words) =>
        Checked(name, Get(new(name, JsonSchemaType.String, description) { Words = words }), text =>
            words.Contains(text, StringComparer.Ordinal) ? null : new Violation("invalid_value", $"Must be one of: {string.Join(", ", words)}."));

    public string RequiredSku(string name, string description)
    {
        var text = Get(new(name, JsonSchemaType.String, description) { IsRequired = true }) ?? string.Empty;
        return Checked(name, text, SkuAttribute.Check)!;
    }

    public string? Currency(string name, string description) =>
        Checked(name, Get(new(name, JsonSchemaType.String, description)), CurrencyAttribute.Check);

    public long? Number(string name, string description, long minimum, long maximum)
    {
        var number = Parsed<long>(
            new(name, JsonSchemaType.Integer, description) { Minimum = minimum, Maximum = maximum }, "Must be a whole number.",
            static (text, out number) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number));
        if (number < minimum || number > maximum)
        {
            _errors.Add(Pointer(name), "out_of_range", string.Create(CultureInfo.InvariantCulture, $"Must be between {minimum} and {maximum}."));
        }

        return number;
    }

    public bool? Flag(string name, string description) => Parsed<bool>(
        new(name, JsonSchemaType.Boolean, description), "Must be true or false.",
        static (text, out value) => (value = text is "true") || text is "false");

    public DateOnly? Day(string name, string description) => Parsed<DateOnly>(
        new(name, JsonSchemaType.String, description) { Format = "date" }, "Must be a date, such as 2011-12-09.",
        static (text, out day) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day));

    public DateTimeOffset? Time(string name, string description) => Parsed<DateTimeOffset>(
        new(name, JsonSchemaType.String, description) { Format = "date-time" },
        "Must be an RFC 3339 time with an offset, such as 2011-12-09T12:50:00Z.", Rfc3339.TryParse);

    public int Limit() => (int)(Number("limit", "The maximum number of items.", 1, 100) ?? 25);

    public Paging Page()
    {
        var limit = Limit();
        var cursor = Get(new("cursor", JsonSchemaType.String, "The `nextCursor` of the previous page. The filters must be the same."));
        var filters = Filters();
        string? after = null;
        _hasForeignCursor = cursor is not null && !Cursor.TryDecode(cursor, filters, out after);
        return new Paging(filters, limit, after);
    }

    /// <summary>The problem of the query after all parameters were read; null if it is valid.</summary>
    public Problem? Finish()
    {
        foreach (var name in request!.Query.Keys)
        {
            if (!_declared.Exists(parameter => string.Equals(parameter.Name, name, StringComparison.Ordinal)))
            {
                _errors.Add(Pointer(name), "unknown_parameter", "Unknown parameter (names are case-sensitive).");
            }
        }

        return !_errors.IsEmpty ? _errors.ToProblem()
            : _hasForeignCursor ? new Problem(Problems.InvalidCursor, "Use nextCursor unchanged, with the same filters.")
            : null;
    }

    private static string Pointer(string name) => $"query:{name}";

    private string? Checked(string name, string? text, Func<string, Violation?> check)
    {
        if (request is not null && text is not null && check(text) is { } violation)
        {
            _errors.Add(Pointer(name), violation.Code, violation.ErrorMessage!);
        }

        return text;
    }

    private T? Parsed<T>(QueryParameter parameter, string message, Parser<T> parse)
        where T : struct
    {
        if (Get(parameter) is not { } text)
        {
            return null;
        }

        if (parse(text, out var value))
        {
            return value;
        }

        _errors.Add(Pointer(parameter.Name), "wrong_type", message);
        return null;
    }

    // The collection ignores case. A name in another case is refused by Finish.
    private string? Get(QueryParameter parameter)
    {
        _declared.Add(parameter);
        if (request is null || !request.Query.TryGetValue(parameter.Name, out var values))
        {
            return null;
        }

        if (values.Count != 1)
        {
            _errors.Add(Pointer(parameter.Name), "duplicate_parameter", "Duplicate parameter.");
        }

        if (values[0] is { } value && value.Contains('\0', StringComparison.Ordinal))
        {
            _errors.Add(Pointer(parameter.Name), "nul_character", "Must not contain NUL.");
        }

        return values[0];
    }

    private string Filters()
    {
        var text = new StringBuilder(request?.Path.Value);
        foreach (var (name, values) in (request?.Query ?? QueryCollection.Empty).OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            if (name is not ("limit" or "cursor"))
            {
                text.Append('\n').Append(name).Append('=').Append(values.ToString());
            }
        }

        return text.ToString();
    }

    private delegate bool Parser<T>(string text, out T value);
}
