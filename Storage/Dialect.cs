using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using ActorShop.Storage.ReadModels;

namespace ActorShop.Storage;

/// <summary>What the two databases write differently in statements that are otherwise the same.</summary>
internal abstract class Dialect
{
    private readonly JsonSerializerOptions _snakeCase;

    protected Dialect() => _snakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Converters = { new Moments(this) } };

    protected static Sql AllProducts { get; } = Sql.Text("products p");

    public abstract object Value(object? value);

    public abstract DateTimeOffset Moment(DbDataReader row, int column);

    /// <summary>Objects as a table <c>r</c> of the <c>from</c> clause.</summary>
    /// <param name="columns">Name and type of each column, such as <c>stream text, seq bigint</c>.</param>
    public Sql Rows<T>(IEnumerable<T> rows, string columns) => FromJson(JsonSerializer.Serialize(rows, _snakeCase), columns);

    /// <summary>The condition that a column has one of the values, which are found by an index.</summary>
    /// <param name="column">Text of the program.</param>
    public abstract Sql In<T>(string column, IEnumerable<T> values);

    /// <summary>Takes the turn of one projection of a topic until the end of the transaction, and answers whether it has it.</summary>
    /// <returns>Null where transactions wait for each other anyway.</returns>
    public abstract Sql? TakeTurn(string topic, bool wait);

    /// <summary>The products <c>p</c> whose folded names contain all words, found by an index where the words are long enough for it.</summary>
    /// <returns>A part of the <c>from</c> clause, the same where the products are only counted by category, and a condition.</returns>
    public abstract (Sql Source, Sql Counted, Sql Condition) Named(ImmutableArray<string> words);

    /// <summary>The condition that the folded name of a product <c>p</c> contains a word.</summary>
    public static Sql Like(string word) => Sql.Of($@"p.folded like {SearchText.PatternOf(word)} escape '\'");

    /// <summary>Whether a word has a part of three characters, by which the indexes find it.</summary>
    protected static bool IsIndexed(string word) => word.EnumerateRunes().Skip(2).Any();

    /// <summary>What else must be emptied before the products are.</summary>
    public virtual ImmutableArray<Sql> ClearIndexes => [];

    protected abstract Sql FromJson(string json, string columns);

    // In JSON as in a parameter, to the microsecond.
    private sealed class Moments(Dialect dialect) : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Rows are only written.");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, dialect.Value(Micros.ToMoment(Micros.Of(value))), options);
    }
}
