using ActorShop.Catalog;

namespace ActorShop.Storage.ReadModels;

internal static class Categories
{
    public static Sql Put(CategoryView category) => Sql.Of(
        $"""
        insert into categories (code, name, archived, version, parent)
        values ({category.Code}, {category.Name}, {category.Archived}, {category.Version}, {category.Parent})
        on conflict (code) do update set name = excluded.name, archived = excluded.archived, version = excluded.version, parent = excluded.parent
        """);

    public static Task<ImmutableArray<CategoryView>> ListAsync(DbSession session) => session.SelectAsync(
        $"select code, name, version, parent from categories where archived = false order by code",
        static row => new CategoryView(row.Text(0), row.Text(1), Archived: false, row.Long(2), row.TextOrNull(3)));
}
