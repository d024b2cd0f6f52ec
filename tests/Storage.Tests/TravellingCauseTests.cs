using System.Net.Sockets;
using ActorShop.Storage.Postgres;
using Npgsql;

namespace ActorShop.Storage;

/// <summary>Goal: a caller in another process learns that the database is away, although its driver's exception cannot be serialized.</summary>
public sealed class TravellingCauseTests
{
    [Fact]
    public void FrameworkExceptions_AreKept()
    {
        var cause = new IOException("gone", new SocketException((int)SocketError.ConnectionReset));

        TravellingCause.Of(cause).ShouldBeSameAs(cause);
    }

    [Fact]
    public void DriverExceptions_BecomeFrameworkExceptions_WithTheirCauses()
    {
        var reset = new SocketException((int)SocketError.ConnectionReset);

        var told = TravellingCause.Of(new NpgsqlException("Exception while reading from stream", reset)).ShouldBeOfType<IOException>();

        told.Message.ShouldBe("Npgsql.NpgsqlException: Exception while reading from stream");
        told.InnerException.ShouldBeSameAs(reset);
    }

    [Fact]
    public void DatabaseFailures_HaveOnlySerializableCauses()
    {
        var away = new NpgsqlException("away", new TimeoutException());

        foreach (var failure in (Exception[])[PostgresFaults.OfRead(away), PostgresFaults.OfWrite(away)])
        {
            for (var cause = failure.InnerException; cause is not null; cause = cause.InnerException)
            {
                cause.GetType().Namespace!.ShouldStartWith("System");
            }

            failure.GetType().IsDefined(typeof(GenerateSerializerAttribute), inherit: false).ShouldBeTrue();
        }
    }
}
