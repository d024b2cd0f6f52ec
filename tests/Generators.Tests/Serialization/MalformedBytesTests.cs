using System.Collections.Immutable;
using System.Globalization;
using ActorShop.Generators.Tests.Contracts;
using ActorShop.Runtime.Serialization;
using FsCheck;
using FsCheck.Fluent;
using Orleans.Serialization;

namespace ActorShop.Generators.Tests.Serialization;

/// <summary>Goal: no bytes from outside do more than fail the one message they are.</summary>
/// <remarks>Method: every prefix and many corruptions of real messages, random bytes, and the malice one can think of by hand.</remarks>
[Trait("Suite", "Unit")]
public sealed class MalformedBytesTests
{
    private static readonly byte[] Sample = Codecs.Write<object>(new Collections
    {
        Array = [1, 2, 300],
        List = [new Line(new Sku("a"), 1, new Money(2.5m, "EUR"), "n")],
        Dictionary = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["a"] = 1, ["b"] = 2 },
        Anything = new List<object> { 1, "two", Guid.Empty, new ReserveResult.Reserved(DateTimeOffset.UnixEpoch) },
        Map = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal).Add("k", 1),
        Reference = Tuple.Create(1, new List<int> { 1 }),
    });

    [Fact]
    public void EveryPrefix_IsTruncated()
    {
        for (var length = 0; length < Sample.Length; length++)
        {
            var prefix = Sample[..length];
            Should.Throw<WireException>(() => Codecs.Read<object>(prefix), length.ToString(CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void CorruptMessages_FailWithATypedException_OrAreAnotherMessage()
    {
        var corruption = from position in Gen.Choose(0, Sample.Length - 1)
                         from value in Gen.Choose(0, 255)
                         select (position, value: (byte)value);

        Prop.ForAll(corruption.ListOf().ToArbitrary(), static corruptions =>
            {
                var bytes = Sample.ToArray();
                foreach (var (position, value) in corruptions)
                {
                    bytes[position] = value;
                }

                return FailsCleanly(bytes);
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
    }

    [Fact]
    public void RandomBytes_FailWithATypedException_OrAreAMessage()
    {
        var bytes = Gen.Choose(0, 255).Select(static value => (byte)value).ArrayOf();

        Prop.ForAll(bytes.ToArbitrary(), static content => FailsCleanly(content) && FailsCleanly([0x03, .. content]))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
    }

    [Theory]
    [InlineData("80808080808080808080", WireFault.Overlong)] // A tag that never ends.
    [InlineData("00FFFFFFFFFFFFFFFFFFFF", WireFault.Overlong)] // A number of more than 64 bits.
    [InlineData("07", WireFault.UnexpectedType)] // A wire type that does not exist.
    [InlineData("00FFFFFFFF1F", WireFault.InvalidValue)] // More than an Int32.
    [InlineData("0105", WireFault.UnexpectedType)] // Eight bytes where a varint belongs.
    public void Number_ThatIsNone_IsRefused(string hex, WireFault fault) =>
        Should.Throw<WireException>(() => Codecs.Read<int>(Convert.FromHexString(hex))).Fault.ShouldBe(fault);

    [Theory]
    [InlineData("02FFFFFFFF0F", WireFault.LengthExceedsData)] // Four gigabytes announced.
    [InlineData("02FFFFFFFFFFFFFFFFFF01", WireFault.LengthExceedsData)]
    [InlineData("0202C328", WireFault.InvalidValue)] // Not UTF-8.
    [InlineData("03", WireFault.UnexpectedType)]
    public void Text_ThatIsNone_IsRefused(string hex, WireFault fault) =>
        Should.Throw<WireException>(() => Codecs.Read<string>(Convert.FromHexString(hex))).Fault.ShouldBe(fault);

    [Theory]
    [InlineData("0300FFFFFFFF07", WireFault.LengthExceedsData)] // Two thousand million elements announced.
    [InlineData("03000104", WireFault.InvalidValue)] // One announced, none there.
    [InlineData("030802080204", WireFault.InvalidValue)] // None announced, two there.
    [InlineData("0304", null)]
    public void List_ThatIsNone_IsRefused(string hex, WireFault? fault)
    {
        var bytes = Convert.FromHexString(hex);
        if (fault is null)
        {
            Codecs.Read<List<int>>(bytes).ShouldBeEmpty();
        }
        else
        {
            Should.Throw<WireException>(() => Codecs.Read<List<int>>(bytes)).Fault.ShouldBe(fault.Value);
        }
    }

    [Fact]
    public void AnnouncedCount_AllocatesNothingBeforeTheElementsCome()
    {
        // A megabyte of zeros behind a count of a million elements of a hundred bytes and more.
        byte[] bytes = [0x03, 0x00, 0x80, 0x80, 0x40, .. new byte[1 << 20]];
        var before = GC.GetAllocatedBytesForCurrentThread();

        Should.Throw<WireException>(() => Codecs.Read<(Everything?, decimal, decimal, decimal, decimal, decimal, decimal)[]>(bytes));

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4 << 20);
    }

    [Fact]
    public void Dictionary_WithAKeyTwiceOrNone_IsRefused()
    {
        Should.Throw<WireException>(() => Codecs.Read<Dictionary<int, int>>(Convert.FromHexString("030002" + "08021002" + "08021002" + "04")))
            .Fault.ShouldBe(WireFault.InvalidValue);
        Should.Throw<WireException>(() => Codecs.Read<Dictionary<string, int>>(Convert.FromHexString("030001" + "0E1002" + "04")))
            .Fault.ShouldBe(WireFault.InvalidValue);
        Should.Throw<WireException>(() => Codecs.Read<Dictionary<int, int>>(Convert.FromHexString("030001" + "0802" + "04")));
    }

    [Fact]
    public void Nesting_BeyondTheLimit_IsRefused_WhetherReadOrSkipped()
    {
        var deep = Enumerable.Repeat((byte)0x13, 100_000).ToArray();

        Should.Throw<WireException>(() => Codecs.Read<OlderLine>([0x03, .. deep])).Fault.ShouldBe(WireFault.TooDeep);
        Should.Throw<WireException>(() => Codecs.Read<Box<Box<int>>>([0x03, .. deep]));
    }

    [Theory]
    [InlineData("System.Diagnostics.Process")]
    [InlineData("System.Collections.Generic.List`1[[System.Int32]]")]
    [InlineData("list<")]
    [InlineData("list<int")]
    [InlineData("list<int,int>")]
    [InlineData("list<nobody>")]
    [InlineData("list<list>")]
    [InlineData("optional<string>")] // Against the type's constraint.
    [InlineData("int[][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][][]")]
    [InlineData("")]
    public void Name_OnNoList_IsRefused(string name)
    {
        byte[] bytes = [0x03, 0x02, (byte)name.Length, .. System.Text.Encoding.UTF8.GetBytes(name), 0x0E, 0x04];

        Should.Throw<WireException>(() => Codecs.Read<object>(bytes)).Fault.ShouldBe(WireFault.UnknownType);
    }

    [Fact]
    public void KnownType_InTheWrongPlace_IsRefused()
    {
        var bytes = Codecs.Write<object>("text");

        Should.Throw<WireException>(() => Codecs.Read<ReserveResult>(bytes)).Fault.ShouldBe(WireFault.UnknownType);
    }

    private static bool FailsCleanly(byte[] bytes)
    {
        try
        {
            var reader = new WireReader(bytes);
            _ = Codecs.Provider.GetCodec<object>().ReadValue(ref reader, reader.ReadTag());
            return true;
        }
        catch (SerializerException)
        {
            return true;
        }
    }
}
