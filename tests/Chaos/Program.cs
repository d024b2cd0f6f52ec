using ActorShop.Chaos;

using var context = ToolContext.OfTheProcess();
return await Bench.RunAsync(args, context, CancellationToken.None);
