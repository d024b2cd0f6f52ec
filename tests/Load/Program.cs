using ActorShop.Cli.Commands;
using ActorShop.Load;

using var context = ToolContext.OfTheProcess();
return await Tool.RunAsync(LoadCommand.Create(context), args, context, CancellationToken.None);
