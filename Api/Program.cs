using ActorShop.Api.Hosting;
using ActorShop.Silo;

var builder = WebApplication.CreateSlimBuilder(args);

// The shop: one silo in this process, everything it knows in files beneath ./data.
builder.AddShop();

// HTTP in front of it.
builder.AddApi();

var app = builder.Build();

// Routes, by feature.
app.UseApi();

await app.RunAsync();
