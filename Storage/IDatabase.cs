namespace ActorShop.Storage;

/// <summary>The database of a shop, on which the tables and read models are built. Safe from any thread.</summary>
internal interface IDatabase
{
    /// <returns>Null where there is no row.</returns>
    Task<EntityRow?> ReadEntityAsync(string stateName, string key);

    /// <summary>Writes a state of a grain and all that comes with it, if the row still has the expected version.</summary>
    /// <exception cref="LimitExceededException">Too many writes wait. Nothing was written.</exception>
    Task<EntityWrite.Outcome> WriteEntityAsync(EntityWrite write);

    /// <summary>Answers a short question with one statement.</summary>
    Task<T> ReadAsync<T>(Func<DbSession, Task<T>> read);

    /// <summary>Answers a question that may take long; only so many at a time. All its statements see the same state of the database.</summary>
    Task<T> QueryAsync<T>(Func<DbSession, Task<T>> query);

    /// <summary>Changes the database in one transaction.</summary>
    Task<T> ChangeAsync<T>(Func<DbSession, Task<T>> change);

    /// <summary>Changes the database by what it reads first.</summary>
    /// <remarks>
    /// PostgreSQL does both in one transaction. SQLite reads before the transaction, so that reading does not delay the writes of grains:
    /// the change checks that what was read still holds.
    /// </remarks>
    Task<T> ChangeAsync<TRead, T>(Func<DbSession, Task<TRead>> read, Func<DbSession, TRead, Task<T>> change);
}
