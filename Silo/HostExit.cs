using System.Globalization;
using System.Net.Sockets;
using ActorShop.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Orleans.Runtime.MembershipService;

namespace ActorShop.Silo;

/// <summary>Runs a host, and reports in one line and an exit code why it did not start.</summary>
public static class HostExit
{
    /// <summary>The configuration or the schema of the database is invalid, or a port is taken: a person must act.</summary>
    public const int Refused = 2;

    /// <summary>The database or a member of the cluster did not answer in time: a repetition may succeed.</summary>
    public const int Unreachable = 3;

    /// <summary>The cluster has evicted this member, or continues without it: start it again.</summary>
    public const int Ended = 4;

    /// <summary>Runs until the process is asked to stop.</summary>
    /// <returns>The exit code: 0, or one of the constants, with the reason as the last line on standard error.</returns>
    public static async Task<int> RunShopAsync(Func<WebApplication> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        IHostApplicationLifetime? lifetime = null;

        // The language of the machine changes no answer and no log.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        try
        {
            var app = build();
            lifetime = app.Lifetime;
            await app.RunAsync();
            return 0;
        }
        catch (OperationCanceledException) when (lifetime is { ApplicationStopping.IsCancellationRequested: true })
        {
            // The process was asked to stop while it started.
            return 0;
        }
        catch (Exception failure) when (Reason(failure) is not null || lifetime is not { ApplicationStarted.IsCancellationRequested: true })
        {
            var (code, reason) = Reason(failure) ?? (Refused, $"The process cannot start: {Messages(failure)}");
            await Console.Error.WriteLineAsync($"error: {reason.ReplaceLineEndings(" ")}");
            return code;
        }
    }

    private static string Messages(Exception failure)
    {
        var messages = new List<string>();
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            messages.Add(cause.Message.TrimEnd('.'));
        }

        return string.Join(": ", messages.Distinct(StringComparer.Ordinal)) + ".";
    }

    private static (int Code, string Reason)? Reason(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case OrleansConfigurationException or OptionsValidationException:
                    return (Refused, cause.Message);
                case AddressInUseException:
                    // The outer exception names the address.
                    return (Refused, failure.Message);
                case SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse or SocketError.AddressNotAvailable or SocketError.AccessDenied }:
                    return (Refused, cause.Message);
                case StorageUnavailableException or OrleansClusterConnectivityCheckFailedException:
                    return (Unreachable, cause.Message);
            }
        }

        return null;
    }
}
