using ActorShop.Api.Hosting;
using ActorShop.Silo;

// Settings lie beside the program, wherever it is started; data lies where it is started.
var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });

// The shop: one silo in this process, everything it knows in files beneath ./data.
builder.AddShop();

// HTTP in front of it.
builder.AddApi();

var app = builder.Build();

// Routes, by feature.
app.UseApi();

await app.RunAsync();
