namespace ActorShop.Storage.Sqlite;

/// <summary>Keeps a second process out of a database, because each would host the same grains.</summary>
/// <remarks>The lock belongs to the open file, so it ends with the process. The file itself stays.</remarks>
internal sealed class DatabaseLock : IDisposable
{
    private readonly FileStream _file;

    private DatabaseLock(FileStream file) => _file = file;

    /// <summary>Takes the lock beside the database.</summary>
    /// <exception cref="OrleansConfigurationException">Another process has it.</exception>
    public static DatabaseLock Take(string databasePath)
    {
        var path = databasePath + ".lock";
        try
        {
            return new(PrivateFile.Open(path, FileShare.None));
        }
        catch (IOException taken)
        {
            throw new OrleansConfigurationException(
                $"{databasePath} is in use by another process, which holds {path}. "
                + "A SQLite database serves one process: stop the other one, choose another path, or use PostgreSQL for a cluster.",
                taken);
        }
    }

    public void Dispose() => _file.Dispose();
}
