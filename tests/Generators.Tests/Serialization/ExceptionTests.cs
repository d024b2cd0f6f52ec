using System.Text;
using ActorShop.Generators.Tests.Contracts;
using Orleans.Serialization;

namespace ActorShop.Generators.Tests.Serialization;

[Trait("Suite", "Unit")]
public sealed class ExceptionTests
{
    [Fact]
    public void FrameworkException_ArrivesAsItsTypeWithStackCauseAndData()
    {
        var sent = Thrown(new InvalidOperationException("outer", new KeyNotFoundException("inner")));
        sent.Data["number"] = 5;
        sent.Data["odd"] = new object();

        var received = Codecs.Travel(sent).ShouldBeOfType<InvalidOperationException>();

        received.Message.ShouldBe("outer");
        received.HResult.ShouldBe(sent.HResult);
        received.StackTrace.ShouldNotBeNull().ShouldContain(nameof(Thrown));
        received.InnerException.ShouldBeOfType<KeyNotFoundException>().Message.ShouldBe(sent.InnerException!.Message);
        received.Data["number"].ShouldBe(5);
        received.Data.Contains("odd").ShouldBeFalse();
    }

    [Fact]
    public void AggregateException_ArrivesWithItsParts()
    {
        var sent = new AggregateException("several", new TimeoutException("a"), new OutOfStockException("b", 2));

        var received = Codecs.Travel<Exception>(sent).ShouldBeOfType<AggregateException>();

        received.Message.ShouldBe(sent.Message);
        received.InnerExceptions.Select(static part => part.GetType()).ShouldBe([typeof(TimeoutException), typeof(OutOfStockException)]);
    }

    [Fact]
    public void SerializableException_ArrivesWhole()
    {
        var sent = Thrown(new OutOfStockException("none left", 3));

        var received = Codecs.Travel(sent).ShouldBeOfType<OutOfStockException>();

        (received.Message, received.Left).ShouldBe(("none left", 3));
        received.StackTrace.ShouldNotBeNull().ShouldContain(nameof(Thrown));
    }

    [Fact]
    public void VersionConflict_ArrivesWithBothVersions()
    {
        var received = Codecs.Travel<Exception>(new Orleans.Storage.InconsistentStateException("stale", "2", "1"))
            .ShouldBeOfType<Orleans.Storage.InconsistentStateException>();

        (received.Message, received.StoredEtag, received.CurrentEtag).ShouldBe(("stale", "2", "1"));
    }

    [Fact]
    public void ApplicationExceptionWithoutCodec_CannotLeaveItsProcess_ButIsSharedWithinIt()
    {
        Exception sent = new ForgottenException("x");

        Should.Throw<CodecNotFoundException>(() => Codecs.Write(sent)).Message.ShouldContain(nameof(ForgottenException));
    }

    [Fact]
    public void ExceptionThatIsUnknownToTheReader_StillSaysWhatHappened()
    {
        // The reader's list lacks the alias: as if an older build had received it.
        var name = typeof(OutOfStockException).FullName!;
        var bytes = Codecs.Write(Thrown(new OutOfStockException("none left", 3)));
        var position = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(name));
        bytes[position] = (byte)'Z';

        var received = Codecs.Read<Exception>(bytes).ShouldBeOfType<UnavailableExceptionFallbackException>();

        received.Message.ShouldBe("none left");
        received.ExceptionType.ShouldBe("Z" + name[1..]);
        received.StackTrace.ShouldNotBeNull().ShouldContain(nameof(Thrown));
    }

    [Fact]
    public void ForeignExceptionThatIsUnknownToTheReader_StillSaysWhatHappened()
    {
        var bytes = Codecs.Write<Exception>(new TimeoutException("late"));
        var position = bytes.AsSpan().IndexOf("System.TimeoutException"u8);
        bytes[position] = (byte)'Z';

        var received = Codecs.Read<Exception>(bytes).ShouldBeOfType<UnavailableExceptionFallbackException>();

        (received.Message, received.ExceptionType).ShouldBe(("late", "Zystem.TimeoutException"));
    }

    [Fact]
    public void Exception_IsTheSameObjectWithinAProcess()
    {
        Exception thrown = new OutOfStockException("none left", 3);

        Codecs.Copy(thrown).ShouldBeSameAs(thrown);
        Codecs.Copy<Exception>(new TimeoutException("late")).ShouldBeOfType<TimeoutException>();
    }

    private static Exception Thrown(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (Exception caught)
        {
            return caught;
        }
    }

    private sealed class ForgottenException(string message) : Exception(message);
}
