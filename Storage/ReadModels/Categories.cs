using ActorShop.Catalog;

namespace ActorShop.Storage.ReadModels;

internal static class Categories
{
    public static Sql Put(CategoryView category) => Sql.Of(
        $"""
        insert into categories (code, name, archived, version)
        values ({category.Code}, {category.Name}, {category.Archived}, {category.Version})
        on conflict (code) do update set name = excluded.name, archived = excluded.archived, version = excluded.version
        """);

    public static Task<ImmutableArray<CategoryView>> ListAsync(DbSession session) => session.SelectAsync(
        $"select code, name, version from categories where archived = false order by code",
        static row => new CategoryView(row.Text(0), row.Text(1), Archived: false, row.Long(2)));
}
