using ActorShop.Cli.Testing;
using ActorShop.Cluster;

namespace ActorShop.Chaos.Clusters;

public sealed class StateFileTests : IDisposable
{
    private readonly Scratch _scratch = new();

    [Fact]
    public async Task State_IsReadAsItWasWritten_ByItsOwnerAlone()
    {
        var file = new StateFile(_scratch[string.Empty]);
        file.Find().ShouldBeNull();
        var state = New() with { Settings = ImmutableSortedDictionary<string, string>.Empty.SetItem("A__B", "c=d") };
        var member = new MemberProcess("silo-1", MemberRole.Silo, "127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:3", new(17, 4_711));

        await file.ChangeAsync(_ => state.With(member));

        var read = file.Find()!;
        read.Members.ShouldHaveSingleItem().ShouldBe(member);
        (read.Database, read.ClusterId, read.Settings["A__B"]).ShouldBe((state.Database, state.ClusterId, "c=d"));
        read.Programs.Silo.ShouldBe(state.Programs.Silo);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(_scratch[StateFile.Name]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task Changes_OfManyAtOnce_AllHappen()
    {
        await new StateFile(_scratch[string.Empty]).ChangeAsync(static _ => New());

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => new StateFile(_scratch[string.Empty]).ChangeAsync(
            state => state!.With(new MemberProcess($"api-{i}", MemberRole.Api, "127.0.0.1:1", null, null, default))))));

        new StateFile(_scratch[string.Empty]).Find()!.Members.Length.ShouldBe(20);
    }

    [Fact]
    public void DamagedFile_IsSaid()
    {
        _scratch.Write(StateFile.Name, "{ \"members\":");

        Should.Throw<ClusterException>(() => new StateFile(_scratch[string.Empty]).Find()).Message.ShouldContain(StateFile.Name);
    }

    public void Dispose() => _scratch.Dispose();

    private static ClusterState New() => new(
        "local-1", "actorshop", new ClusterDatabase("Host=h;Password=p", Folder: null), new HostPrograms(["dotnet", "s.dll"], ["a"], ["p"]),
        ImmutableSortedDictionary<string, string>.Empty, []);
}
