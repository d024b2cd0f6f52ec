namespace ActorShop.Storage.ReadModels;

/// <summary>Makes pages of rows, of which one more was read than asked for.</summary>
internal static class Pages
{
    public static Page<T> Of<TRow, T>(
        ImmutableArray<TRow> rows, int limit, Func<TRow, T> item, Func<TRow, string> position) =>
        rows.Length <= limit
            ? new([.. rows.Select(item)], Next: null)
            : new([.. rows.Take(limit).Select(item)], position(rows[limit - 1]));
}
