using ActorShop.Api.Hosting;
using ActorShop.Silo;
using ActorShop.Silo.Clustering;

return await HostExit.RunShopAsync(() =>
{
    // Settings lie beside the program, wherever it is started; data lies where it is started.
    var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });

    // The shop: a cluster where the configuration names one; else one silo in this process, everything it knows in files beneath ./data.
    if (builder.Configuration.HasCluster())
    {
        builder.AddShopCluster();
        builder.Services.Configure<ApiOptions>(static api => api.AwaitsFirstStart = false);
    }
    else
    {
        builder.AddShop();
    }

    // HTTP in front of it.
    builder.AddApi();

    var app = builder.Build();

    // Routes, by feature.
    app.UseApi();
    return app;
});
