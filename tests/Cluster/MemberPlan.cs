using System.Security.Cryptography;
using System.Text;

namespace ActorShop.Cluster;

/// <summary>Ports and configuration of each role.</summary>
internal static class MemberPlan
{
    /// <summary>The API key of the environment Development, with every scope.</summary>
    public const string Key = "dev-admin-key";

    public static MemberProcess Of(MemberRole role, string name)
    {
        var ports = FreePort.Addresses(3);
        return role switch
        {
            MemberRole.Silo => new(name, role, ports[0], Gateway: ports[1], Operators: ports[2], default),
            MemberRole.Api => new(name, role, ports[0], Gateway: null, Operators: ports[1], default) { Silo = ports[2] },
            _ => new(name, role, ports[0], Gateway: null, Operators: null, default),
        };
    }

    public static Launch Launch(ClusterState state, MemberProcess member, string folder)
    {
        var log = Path.Combine(folder, $"{member.Name}.log");
        return member.Role is MemberRole.Postgres
            ? state.Database.Server(member.Address, log)
            : new(Command(state.Programs, member.Role), Configuration(state, member), Path.Combine(folder, member.Name), log);
    }

    /// <summary>The readiness URL; null for roles without one.</summary>
    public static Uri? Readiness(MemberProcess member) => member.Role switch
    {
        MemberRole.Postgres => null,
        MemberRole.Silo => new Uri($"http://{member.Operators}/health/ready"),
        _ => new Uri($"http://{member.Address}/health/ready"),
    };

    private static ImmutableArray<string> Command(HostPrograms programs, MemberRole role) => role switch
    {
        MemberRole.Silo => programs.Silo,
        MemberRole.Api => programs.Api,
        _ => programs.Payments,
    };

    private static Dictionary<string, string> Configuration(ClusterState state, MemberProcess member)
    {
        var configuration = new Dictionary<string, string>(StringComparer.Ordinal) { ["ASPNETCORE_ENVIRONMENT"] = "Development" };
        if (member.Role is MemberRole.Payments)
        {
            configuration["ASPNETCORE_URLS"] = $"http://{member.Address}";
        }
        else
        {
            configuration["Cluster__ConnectionString"] =
                (member.Detour is { } way ? state.Database.At(way.Database) : state.Database).ConnectionString;
            configuration["Cluster__ClusterId"] = state.ClusterId;
            configuration["Cluster__ServiceId"] = state.ServiceId;
            configuration["Cluster__SiloEndpoint"] = member.Silo ?? member.Address;
            if (member.Detour?.AdvertisedAddress is { } advertised)
            {
                configuration["Cluster__AdvertisedAddress"] = advertised;
            }
        }

        if (member.Role is MemberRole.Silo)
        {
            configuration["Cluster__GatewayEndpoint"] = member.Gateway!;
            configuration["Silo__Operators"] = member.Operators!;
            configuration["Access__Keys__0__Sha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key)));
            configuration["Access__Keys__0__Scopes__0"] = "admin";
            configuration["Payments__Url"] = $"http://{state.Members.First(static other => other.Role is MemberRole.Payments).Address}";
        }
        else if (member.Role is MemberRole.Api)
        {
            configuration["Api__Public"] = member.Address;
            configuration["Api__Operators"] = member.Operators!;

            // Customers of tests share one address, and send more than customers do.
            configuration["Api__Limits__Enabled"] = "false";
        }

        foreach (var (name, value) in state.Settings)
        {
            configuration[name] = value;
        }

        // One silo creates the sample catalogue.
        if (member is { Role: MemberRole.Silo, Name: not "silo-1" })
        {
            configuration["Shop__SampleCatalogue"] = "false";
        }

        return configuration;
    }
}
