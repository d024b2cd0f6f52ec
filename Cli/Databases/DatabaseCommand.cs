using System.CommandLine;
using System.Net.Sockets;
using ActorShop.Cli.Terminal;
using ActorShop.Storage.Migrations;
using Npgsql;

namespace ActorShop.Cli.Databases;

/// <summary><c>database migrate</c> and <c>database status</c>: the schema of a PostgreSQL database.</summary>
internal static class DatabaseCommand
{
    private const string Variable = "ACTORSHOP_DATABASE";

    public static Command Create(ToolContext context)
    {
        var connection = new Option<string?>("--connection")
        {
            Description = $"A connection string, such as Host=db;Database=shop;Username=shop. Default: {Variable}, which hides a password.",
            DefaultValueFactory = static _ => Environment.GetEnvironmentVariable(Variable),
            HelpName = "string",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "List the pending migrations and apply none." };
        var migrate = new Command(
            "migrate",
            "Brings the schema up to date. Safe to repeat and to run from several places at once. " + ExitCode.Description)
        {
            connection, dryRun,
        };
        migrate.SetAction((parsed, cancellationToken) => WithAsync(
            parsed.GetValue(connection), migrator => MigrateAsync(parsed.GetValue(dryRun), migrator, context, cancellationToken)));

        var status = new Command("status", "Lists applied and pending migrations. Exit code 1 if any is pending.")
        {
            connection,
        };
        status.SetAction((parsed, cancellationToken) => WithAsync(
            parsed.GetValue(connection), migrator => ShowAsync(migrator, context, cancellationToken)));
        return new Command("database", "The schema of the shop's PostgreSQL database.") { migrate, status };
    }

    private static async Task<int> MigrateAsync(bool isDryRun, SchemaMigrator migrator, ToolContext context, CancellationToken cancellationToken)
    {
        if (isDryRun)
        {
            var pending = Sound(await migrator.GetStatusAsync(cancellationToken)).Pending;
            foreach (var migration in pending)
            {
                await context.Output.WriteLineAsync($"would apply {migration}");
            }

            await context.Error.WriteLineAsync($"{pending.Length} pending; nothing was changed");
            return ExitCode.Fine;
        }

        var applied = await migrator.MigrateAsync(migration => context.Output.WriteLine($"applied {migration}"), cancellationToken);
        await context.Error.WriteLineAsync($"{(applied.IsEmpty ? string.Empty : $"{applied.Length} applied; ")}the schema is up to date");
        return ExitCode.Fine;
    }

    private static async Task<int> ShowAsync(SchemaMigrator migrator, ToolContext context, CancellationToken cancellationToken)
    {
        var status = await migrator.GetStatusAsync(cancellationToken);
        var table = new TextTable("Migrations", "migration", "applied");
        foreach (var applied in status.Applied)
        {
            table.Add(applied.ToString(), applied.AppliedAt.UtcDateTime.ToString("u", CultureInfo.InvariantCulture));
        }

        foreach (var pending in status.Pending)
        {
            table.Add(pending.ToString(), "pending");
        }

        await context.Output.WriteAsync(table.ToText());
        return Sound(status).IsCurrent ? ExitCode.Fine : ExitCode.Differences;
    }

    private static SchemaStatus Sound(SchemaStatus status) =>
        status.Trouble is { } trouble ? throw new ToolException(ExitCode.BadInput, trouble) : status;

    private static async Task<int> WithAsync(string? connection, Func<SchemaMigrator, Task<int>> work)
    {
        if (string.IsNullOrEmpty(connection))
        {
            throw new ToolException(ExitCode.BadInput, $"no database: give --connection or set {Variable}");
        }

        try
        {
            await using var source = NpgsqlDataSource.Create(connection);
            return await work(new SchemaMigrator(source));
        }
        catch (SchemaException trouble)
        {
            throw new ToolException(ExitCode.BadInput, trouble.Message, trouble);
        }
        catch (ArgumentException malformed)
        {
            throw new ToolException(ExitCode.BadInput, $"invalid connection string: {malformed.Message}", malformed);
        }
        catch (PostgresException refused)
        {
            // A wrong name or password, a missing database, a missing right.
            throw new ToolException(ExitCode.BadInput, $"the database refuses: {refused.MessageText} ({refused.SqlState})", refused);
        }
        catch (Exception away) when (away is NpgsqlException or SocketException or TimeoutException)
        {
            throw new ToolException(ExitCode.Unreachable, $"the database cannot be reached: {away.Message}", away);
        }
    }
}
