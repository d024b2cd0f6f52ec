using ActorShop.Silo;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace ActorShop.Api;

/// <summary>Goal: what clients send cannot command the terminal of an operator, nor look like another entry of the log.</summary>
public sealed class ConsoleTests
{
    [Fact]
    public void ControlCharacters_OfMessagesAndExceptions_AreEscaped()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddShopLogging();
        using var services = builder.Services.BuildServiceProvider();
        services.GetRequiredService<IOptionsMonitor<ConsoleLoggerOptions>>().CurrentValue.FormatterName.ShouldBe("shop");
        var formatter = services.GetServices<ConsoleFormatter>().Single(static formatter => formatter.Name is "shop");
        var fault = new InvalidOperationException("no \u001b[2J\u202E\r\nfail: Shop[1]\r\n  forged \u0000\b\u009B");
        using var text = new StringWriter();

        formatter.Write(
            new LogEntry<string>(Microsoft.Extensions.Logging.LogLevel.Error, "Shop", 3103, "A request failed: \u001b[31m\r\nfail: Shop[2]", fault, static (state, _) => state),
            scopeProvider: null, text);

        var lines = text.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        lines[0].ShouldStartWith("fail: Shop[3103]");
        lines.Skip(1).ShouldAllBe(static line => line.StartsWith("      ", StringComparison.Ordinal));
        text.ToString().Where(static c => char.IsControl(c) && c is not ('\n' or '\r')).ShouldBeEmpty();
        text.ToString().ShouldContain(@"\u001B[31m");
        text.ToString().ShouldContain(@"\u202E");
        text.ToString().ShouldContain("InvalidOperationException");
    }

    [Theory]
    [InlineData("plain — text ü 中\ttab", "plain — text ü 中\ttab")]
    [InlineData("a\rb", "a\nb")]
    [InlineData("a\u2028b\u0085c", "a\nb\nc")]
    [InlineData("\u0007\u007F\u009B\u200B\u2066", @"\u0007\u007F\u009B\u200B\u2066")]
    public void Escape_ChangesNothingElse(string text, string expected) => ShopConsoleFormatter.Escape(text).ShouldBe(expected);
}
