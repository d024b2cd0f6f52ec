using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorShop.Runtime.Hosting;

/// <summary>The life of the process that hosts the silo: the seam through which it ends by itself.</summary>
internal interface IProcessLife
{
    /// <summary>Ends the process in order, soon. Returns at once.</summary>
    void Exit(string why);
}

/// <summary>The life of a process with a host.</summary>
internal sealed class HostLife(IServiceProvider services) : IProcessLife
{
    /// <inheritdoc/>
    public void Exit(string why) => services.GetService<IHostApplicationLifetime>()?.StopApplication();
}
