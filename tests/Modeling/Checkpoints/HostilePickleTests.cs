using System.Text;
using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;
using Pellucid.TestSupport;

namespace Pellucid.Modeling.Tests.Checkpoints;

/// <summary>Pickles that would run code, fill the memory or never end in a reader that believed them.</summary>
public sealed class HostilePickleTests
{
    [Theory]
    [InlineData("os", "system")]
    [InlineData("posix", "system")]
    [InlineData("nt", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("__builtin__", "exec")]
    [InlineData("builtins", "getattr")]
    [InlineData("subprocess", "Popen")]
    [InlineData("importlib", "import_module")]
    [InlineData("torch.hub", "load")]
    [InlineData("torch", "load")]
    [InlineData("torch._utils", "_rebuild_sparse_tensor")]
    [InlineData("torch.nn.modules.linear", "Linear")]
    [InlineData("numpy.core.multiarray", "_reconstruct")]
    [InlineData("collections", "OrderedDict.__init__")]
    [InlineData("__torch__x", "Evil")]
    public void AnUnknownGlobalIsRefusedByName(string module, string name)
    {
        string expected = $"refuses global {module}.{name}";
        Refused(new PickleBytes().Global(module, name).Op("(").Text("touch /tmp/owned").Op("tR").Stop(), expected);
        Refused(new PickleBytes().Text(module).Text(name).Raw(0x93).Op(")R").Stop(), expected);
        Refused(new PickleBytes().Op("(").Text("touch /tmp/owned").Op($"i{module}\n{name}\n").Stop(), expected);
        Refused(new PickleBytes().Op("}").Text("state_dict").Global(module, name).Op("s").Stop(), expected);
    }

    [Fact]
    public void KnownNamesCannotBeAbused()
    {
        Refused(new PickleBytes().Global("torch", "FloatStorage").Op(")R").Stop(), "refuses to call torch.FloatStorage");
        Refused(new PickleBytes().Global("torch", "FloatStorage").Op(")").Raw(0x81).Stop(), "refuses to make an object of torch.FloatStorage");
        Refused(new PickleBytes().Global("__torch__.os", "system").Op("(").Text("id").Op("tR").Stop(), "refuses to call __torch__.os.system");
        Refused(new PickleBytes().Global("torch._tensor", "_rebuild_from_type_v2").Op("(").Global("torch.jit._pickle", "build_intlist").Global("torch", "Tensor").Op("))tR").Stop(), "built of something that is no tensor");
        Refused(new PickleBytes().Text("os").Op(")R").Stop(), "calls a value that is no function");
        Refused(new PickleBytes().Text("a").Op("}b").Stop(), "sets attributes of a value that has none");
        Refused(new PickleBytes().Text("x").Op("Q").Stop(), "a persistent id is no storage");
        Refused(new PickleBytes().Op("(").Text("storage").Global("collections", "OrderedDict").Text("0").Text("cpu").Number(1).Op("tQ").Stop(), "no storage class");
    }

    [Theory]
    [InlineData("o")]
    [InlineData("\x92")]
    [InlineData("\x82\x01")]
    [InlineData("\x84\x01\x01\x01\x01")]
    [InlineData("Pid\n")]
    [InlineData("\x97")]
    public void OpcodesForCodeAreRefused(string opcodes) => Refused(new PickleBytes().Op("()").Op(opcodes).Stop(), "refuses opcode");

    [Theory]
    [InlineData("0.", "empty stack")]
    [InlineData("t.", "a mark that is not there")]
    [InlineData("(a.", "empty stack")]
    [InlineData("NNs.", "empty stack")]
    [InlineData("NNNs.", "no dictionary")]
    [InlineData("N]a.", "no list")]
    [InlineData("}(Nu.", "a key without a value")]
    [InlineData("h\x05.", "memo entry 5")]
    [InlineData("gx\n.", "memo index")]
    [InlineData("I12x\n.", "integer is malformed")]
    [InlineData("Fnot\n.", "number is malformed")]
    [InlineData("\xff", "unknown opcode 0xff")]
    [InlineData("\x80\x09", "protocol 9")]
    [InlineData("N", "truncated")]
    [InlineData("X\x04\0\0\0ab", "truncated")]
    [InlineData("X\x02\0\0\0\xff\xfe.", "UTF-8")]
    [InlineData("X\xff\xff\xff\xff.", "4294967295 bytes is longer")]
    [InlineData("B\xff\xff\xff\x7f.", "2147483647 bytes is longer")]
    [InlineData("\x8d\xff\xff\xff\xff\xff\xff\xff\xff.", "18446744073709551615 bytes is longer")]
    [InlineData("\x8b\xff\xff\xff\x7f.", "integer of 2147483647 bytes")]
    [InlineData("N.", "holds no tensors")]
    public void MalformedPicklesAreExplained(string opcodes, string reason) => Refused(new PickleBytes().Op(opcodes).ToArray(), reason);

    [Fact]
    public void BombsAreRefusedEarly()
    {
        Refused(new PickleBytes().Op(new string('(', CheckpointLimits.MaxPickleMarks + 1)).Stop(), "nested deeper than");
        Refused(new PickleBytes().Op(new string('N', CheckpointLimits.MaxPickleStack + 1)).Stop(), "values on the stack");
        Refused(new PickleBytes().Op(string.Concat(Enumerable.Repeat("N0", CheckpointLimits.MaxPickleOpcodes / 2))).Stop(), "opcodes");

        // Memo entries: \x94 MEMOIZE once a value.
        Refused(new PickleBytes().Op("N").Op(new string('\x94', CheckpointLimits.MaxPickleMemo + 1)).Stop(), "memo entries");

        // Tuples 2,000 deep, and each twice in the next: 2^60 paths to one tensor.
        var deep = new PickleBytes().Tensor("FloatStorage", "0", 4, 0, [1], [1]);
        Refused(deep.Op(new string('\x85', 2000)).Stop(), "nested deeper than");
        var wide = new PickleBytes().Tensor("FloatStorage", "0", 4, 0, [1], [1]);
        Refused(wide.Op(string.Concat(Enumerable.Repeat("2\x86", 60))).Stop(), "more than 200000 tensors", "more than 1000000 values");

        // A dictionary that holds itself.
        Refused(new PickleBytes().Op("}q\x01").Text("self").Op("h\x01s").Stop(), "nested deeper than");
    }

    [Fact]
    public void NamesCannotSteerTheTerminal()
    {
        string message = Refused(new PickleBytes().Global("os\x1b[2J\r", "system").Stop(), "refuses global os?[2J?.system");
        Assert.DoesNotContain(message, char.IsControl);
    }

    [Fact]
    public void ThePlainPickleOfAnotherProgramIsNoCheckpoint()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("m.bin", new PickleBytes().Op("}").Stop());
        Assert.Contains("not one written by torch.save", Assert.Throws<PellucidException>(() => CheckpointReader.Open(path)).Message);
        path = folder.Write("evil.bin", new PickleBytes().Global("os", "system").Op("(").Text("id").Op("tR").Stop());
        Assert.Contains("refuses global os.system", Assert.Throws<PellucidException>(() => CheckpointReader.Open(path)).Message);
    }

    [Fact]
    public void ALegacyFileMayNotLieAboutItsStorages()
    {
        byte[] whole = File.ReadAllBytes(Path.Combine(RepositoryPaths.Goldens, "models", "medclip-resnet", "pytorch_model.legacy.bin"));
        using var folder = new TemporaryFolder();
        string cut = folder.Write("cut.bin", whole.AsSpan(0, whole.Length - 100));
        Assert.Contains("truncated", Assert.Throws<PellucidException>(() => CheckpointReader.Open(cut)).Message);
        string early = folder.Write("early.bin", whole.AsSpan(0, 5000));
        Assert.Contains("truncated", Assert.Throws<PellucidException>(() => CheckpointReader.Open(early)).Message);
        int evil = whole.AsSpan().IndexOf("_rebuild_tensor_v2"u8);
        Encoding.ASCII.GetBytes("_rebuild_tensor_v3").CopyTo(whole, evil);
        string changed = folder.Write("changed.bin", whole);
        Assert.Contains("refuses global torch._utils._rebuild_tensor_v3", Assert.Throws<PellucidException>(() => CheckpointReader.Open(changed)).Message);
    }

    private static string Refused(byte[] pickle, params ReadOnlySpan<string> reasons)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("m.pt", TorchArchive.Of(pickle, ("0", TorchArchive.Floats(4))));
        string message = Assert.Throws<PellucidException>(() => CheckpointReader.Open(path)).Message;
        foreach (string reason in reasons) if (message.Contains(reason, StringComparison.Ordinal)) return message;
        Assert.Contains(reasons[0], message);
        return message;
    }
}
