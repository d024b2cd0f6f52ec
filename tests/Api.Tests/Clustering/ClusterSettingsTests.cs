using ActorShop.Health;
using ActorShop.Silo;
using ActorShop.Silo.Clustering;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Metadata;
using Orleans.Serialization.TypeSystem;

namespace ActorShop.Api.Clustering;

/// <summary>
/// Goal: a cluster with default settings detects a lost silo in a second or two, and an API hosts no grains.
/// Method: reads the options of hosts that are composed as in production and not started.
/// </summary>
public sealed class ClusterSettingsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Members_ByDefault_DetectFailuresFast(bool isSilo)
    {
        await using var host = Compose(isSilo);

        var membership = OptionsOf<ClusterMembershipOptions>(host);

        membership.ProbeTimeout.ShouldBe(TimeSpan.FromSeconds(1));
        membership.MaxProbeTimeout.ShouldBe(TimeSpan.FromSeconds(2));
        membership.NumMissedProbesLimit.ShouldBe(3);
        membership.NumVotesForDeathDeclaration.ShouldBe(2);
        membership.EnableIndirectProbes.ShouldBeTrue();
        membership.EnableConnectionLivenessCheck.ShouldBeFalse();
        membership.TableRefreshTimeout.ShouldBe(TimeSpan.FromSeconds(5));
        membership.IAmAliveTablePublishTimeout.ShouldBe(TimeSpan.FromSeconds(5));
        OptionsOf<GrainDirectoryOptions>(host).RangeLeaseDuration.ShouldBe(TimeSpan.Zero);
        host.Services.GetRequiredService<IMembershipTable>().ShouldBeOfType<PatientMembershipTable>();
        host.Services.GetRequiredService<IFatalErrorHandler>().ShouldBeOfType<ProcessEnd>();
    }

    [Fact]
    public async Task Calls_ByDefault_AreBoundedInNumberAndTime()
    {
        await using var silo = Compose(isSilo: true);
        await using var client = Compose(isSilo: false, ("Cluster:Role", "Client"));

        var messaging = OptionsOf<SiloMessagingOptions>(silo);
        messaging.ResponseTimeout.ShouldBe(TimeSpan.FromSeconds(8));
        messaging.MaxEnqueuedRequestsHardLimit.ShouldBe(5_000);
        messaging.MaxEnqueuedRequestsHardLimit_StatelessWorker.ShouldBe(5_000);
        OptionsOf<ClientMessagingOptions>(client).ResponseTimeout.ShouldBe(TimeSpan.FromSeconds(3));
        OptionsOf<GatewayOptions>(client).GatewayListRefreshPeriod.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData(true, "Member")]
    [InlineData(false, "Member")]
    [InlineData(false, "Client")]
    public async Task NamesOfGrainInterfaces_AreThoseOfOrleans_AndRemembered(bool isSilo, string role)
    {
        await using var host = Compose(isSilo, ("Cluster:Role", role));
        var providers = host.Services.GetServices<IGrainInterfaceTypeProvider>().ToArray();
        var own = new GrainInterfaceTypeResolver(providers[1..], host.Services.GetRequiredService<TypeConverter>());

        providers[0].ShouldBeOfType<CachedInterfaceTypes>();
        foreach (var type in typeof(IExternalIdGrain).Assembly.GetTypes().Where(static type => type.IsInterface && typeof(IGrain).IsAssignableFrom(type)))
        {
            for (var repeat = 0; repeat < 2; repeat++)
            {
                providers[0].TryGetGrainInterfaceType(type, out var name).ShouldBeTrue();
                name.ShouldBe(own.GetGrainInterfaceType(type));
            }
        }
    }

    [Fact]
    public async Task Settings_OfTheConfiguration_ReachOrleans()
    {
        await using var silo = Compose(
            isSilo: true,
            ("Cluster:FailureDetection:ProbeTimeout", "00:00:02"), ("Cluster:FailureDetection:MaxProbeTimeout", "00:00:04"),
            ("Cluster:FailureDetection:MissedProbes", "2"), ("Cluster:Calls:ResponseTimeout", "00:00:20"));

        var membership = OptionsOf<ClusterMembershipOptions>(silo);
        (membership.ProbeTimeout, membership.MaxProbeTimeout, membership.NumMissedProbesLimit).ShouldBe((TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), 2));
        OptionsOf<SiloMessagingOptions>(silo).ResponseTimeout.ShouldBe(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("Cluster:FailureDetection:ProbeTimeout", "00:00:00.1")]
    [InlineData("Cluster:FailureDetection:MaxProbeTimeout", "00:00:00.5")]
    [InlineData("Cluster:FailureDetection:MissedProbes", "0")]
    [InlineData("Cluster:Calls:RequestsPerGrain", "0")]
    [InlineData("Cluster:Calls:ResponseTimeout", "00:00:00")]
    [InlineData("Cluster:Health:AnswerWindow", "00:00:00.25")]
    [InlineData("Cluster:Health:LeaveAfter", "00:00:01")]
    public async Task Settings_OutOfRange_AreRefused(string setting, string value)
    {
        await using var silo = Compose(isSilo: true, (setting, value));

        Should.Throw<OptionsValidationException>(() =>
        {
            OptionsOf<FailureDetectionOptions>(silo);
            OptionsOf<CallOptions>(silo);
            OptionsOf<HealthOptions>(silo);
        });
    }

    [Fact]
    public async Task MemberApi_HostsNoGrains_AndHasNoGateway()
    {
        await using var api = Compose(isSilo: false);

        OptionsOf<GrainTypeOptions>(api).Classes.ShouldAllBe(static type => type.Namespace!.StartsWith("Orleans", StringComparison.Ordinal));
        OptionsOf<EndpointOptions>(api).GatewayPort.ShouldBe(0);
        OptionsOf<EndpointOptions>(api).SiloPort.ShouldBe(11_112);
        api.Services.GetServices<IIncomingGrainCallFilter>().ShouldNotContain(static filter => filter is CutOffFilter);
    }

    [Fact]
    public async Task Silo_AnswersOnlyWhileItKnowsThatItIsAMember()
    {
        await using var silo = Compose(isSilo: true);

        OptionsOf<GrainTypeOptions>(silo).Classes.ShouldContain(static type => type.Namespace == "ActorShop.Inventory");
        silo.Services.GetServices<IIncomingGrainCallFilter>().ShouldContain(static filter => filter is CutOffFilter);
    }

    private static WebApplicationBuilder SiloOf(WebApplicationBuilder builder) => builder.AddShopStorage().AddShopSilo().AddShop();

    private static T OptionsOf<T>(WebApplication host)
        where T : class => host.Services.GetRequiredService<IOptions<T>>().Value;

    private static WebApplication Compose(bool isSilo, params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(
            settings.Append(("Cluster:ConnectionString", "Host=127.0.0.1;Port=9"))
                .Select(static setting => KeyValuePair.Create(setting.Item1, (string?)setting.Item2)));
        (isSilo ? (Func<WebApplicationBuilder, WebApplicationBuilder>)SiloOf : ClusterHosting.AddShopCluster)(builder);
        return builder.Build();
    }
}

