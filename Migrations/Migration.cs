using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace ActorShop.Storage.Migrations;

/// <summary>One numbered step of the schema. Once released it is never edited: the next step changes what it made.</summary>
/// <param name="Checksum">Of its text, whatever its line ends: what a database remembers of it.</param>
public sealed record Migration(int Number, string Name, string Checksum, string Sql)
{
    private static readonly Lazy<ImmutableArray<Migration>> Known = new(static () => InOrder(
        typeof(Migration).Assembly.GetManifestResourceNames()
            .Where(static resource => resource.EndsWith(".sql", StringComparison.Ordinal))
            .Select(static resource => Of(resource, Read(resource)))));

    /// <summary>All that this program knows, in order.</summary>
    /// <exception cref="SchemaException">The program was built wrong: two bear one number, or a number is missing.</exception>
    public static ImmutableArray<Migration> All => Known.Value;

    /// <summary>A migration from a file <c>0001-name.sql</c> and its text.</summary>
    internal static Migration Of(string file, string text)
    {
        var sql = text.ReplaceLineEndings("\n");
        var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
        return new(int.Parse(file.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture), Path.GetFileNameWithoutExtension(file)[5..], checksum, sql);
    }

    /// <summary>Puts migrations into the order of their numbers, which are 1 and so on.</summary>
    /// <remarks>Two branches that each bring the next one are merged without a conflict: their files bear different names.</remarks>
    /// <exception cref="SchemaException">Two bear one number, or a number is missing.</exception>
    internal static ImmutableArray<Migration> InOrder(IEnumerable<Migration> migrations)
    {
        ImmutableArray<Migration> ordered = [.. migrations.OrderBy(static migration => migration.Number).ThenBy(static migration => migration.Name, StringComparer.Ordinal)];
        for (var i = 0; i < ordered.Length; i++)
        {
            if (i > 0 && ordered[i].Number == ordered[i - 1].Number)
            {
                throw new SchemaException($"Migrations {ordered[i - 1]} and {ordered[i]} have the same number. Give the later one the next number.");
            }

            if (ordered[i].Number != i + 1)
            {
                throw new SchemaException($"Migration {ordered[i]} should have number {i + 1}. Numbers must have no gaps.");
            }
        }

        return ordered;
    }

    /// <summary>Whether a database with this checksum has this migration.</summary>
    /// <remarks>A comment of number 3 was reworded. Its statements are the same, so databases with the old text are accepted.</remarks>
    internal bool IsRecordedAs(string checksum) =>
        string.Equals(checksum, Checksum, StringComparison.Ordinal)
        || (Number, checksum) is (3, "f19b5c53d7f977d41680d540465cc1ebc8b08c9e6b3426197edf169e4effd58c");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number:D4}-{Name}");

    private static string Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
