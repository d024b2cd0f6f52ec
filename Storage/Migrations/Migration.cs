using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace ActorShop.Storage.Migrations;

/// <summary>One numbered step of the schema. Once released it is never edited: the next step changes what it made.</summary>
/// <param name="Number">Its place, from 1 without gaps.</param>
/// <param name="Name">What it brings, in words of a file name.</param>
/// <param name="Checksum">Of its text, whatever its line ends: what a database remembers of it.</param>
/// <param name="Sql">Its statements.</param>
public sealed record Migration(int Number, string Name, string Checksum, string Sql)
{
    /// <summary>All that this program knows, in order.</summary>
    public static ImmutableArray<Migration> All { get; } =
    [
        .. typeof(Migration).Assembly.GetManifestResourceNames()
            .Where(static resource => resource.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(static resource => Of(resource, Read(resource))),
    ];

    /// <summary>A migration from a file <c>0001-name.sql</c> and its text.</summary>
    internal static Migration Of(string file, string text)
    {
        var sql = text.ReplaceLineEndings("\n");
        var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
        return new(int.Parse(file.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture), Path.GetFileNameWithoutExtension(file)[5..], checksum, sql);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number:D4}-{Name}");

    private static string Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
