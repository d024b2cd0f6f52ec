using ActorShop.Cli;
using ActorShop.Cli.Commands;

using var context = ToolContext.OfTheProcess();
return await Tool.RunAsync(args, context, CancellationToken.None);
