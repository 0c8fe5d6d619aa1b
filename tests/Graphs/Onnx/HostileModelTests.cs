using System.Diagnostics;
using Google.Protobuf;
using Pellucid.Graphs.Onnx;
using Pellucid.Graphs.Onnx.Protobuf;
using Pellucid.TestSupport;

namespace Pellucid.Graphs.Tests.Onnx;

/// <summary>Damaged and hostile files give one clear error, never a crash, a hang or an absurd allocation.</summary>
public sealed class HostileModelTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AMissingFileIsNamed() => AssertRefused(_folder.File("nowhere.onnx"), "there is no file");

    [Fact]
    public void AFolderIsNoModel() => AssertRefused(_folder.Path, "cannot be read");

    [Theory]
    [InlineData(new byte[0], "no graph")]
    [InlineData(new byte[] { 0x08 }, "ends inside a field")]
    [InlineData(new byte[] { 0x3a, 0xff, 0xff, 0xff, 0xff, 0x7f }, "a field of")]
    [InlineData(new byte[] { 0x0b }, "wire type 3")]
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01 }, "ten bytes")]
    public void DamagedBytes(byte[] bytes, string message)
    {
        string path = _folder.File("model.onnx");
        File.WriteAllBytes(path, bytes);
        AssertRefused(path, message);
    }

    [Theory]
    [InlineData(10, "operator set 10")]
    [InlineData(22, "operator set 22")]
    public void UnknownOperatorSets(int opset, string message) =>
        AssertRefused(new ModelFile(opset).Input("x", 1).Node("Neg", "x", "y").Output("y").Save(_folder), message);

    [Fact]
    public void ForeignDomains()
    {
        ModelFile file = new ModelFile(17).Input("x", 1).Node("Magic", "x", "y").Output("y");
        file.Model.Graph.Node[0].Domain = "acme";
        AssertRefused(file.Save(_folder), "'node_y' is of the operator set 'acme'");
    }

    [Fact]
    public void Subgraphs()
    {
        ModelFile file = new ModelFile(17).Input("x", 1).Node("If", "x", "y").Output("y");
        file.Model.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "then_branch", Type = AttributeProto.Types.AttributeType.Graph, G = new GraphProto() });
        AssertRefused(file.Save(_folder), "subgraph");
    }

    [Fact]
    public void DeeplyNestedMessagesDoNotOverflowTheStack()
    {
        // Graph in attribute in node in graph ..., lengths growing outwards.
        var nested = new List<byte>();
        for (int i = 0; i < 9000; i++)
        {
            nested.InsertRange(0, Varint(nested.Count));
            nested.Insert(0, (byte)(i % 3 == 0 ? 0x32 : i % 3 == 1 ? 0x2a : 0x0a));
        }

        string path = _folder.File("model.onnx");
        File.WriteAllBytes(path, [0x3a, .. Varint(nested.Count), .. nested]);
        Assert.Throws<GraphException>(() => OnnxImport.Load(path));
    }

    [Theory]
    [InlineData("../secret.bin")]
    [InlineData("/etc/passwd")]
    [InlineData("sub/../../secret.bin")]
    [InlineData("C:\\secret.bin")]
    [InlineData("..\\secret.bin")]
    [InlineData("")]
    public void ExternalDataOutsideTheFolder(string location) => AssertRefused(External(location, 0, 4096), "outside the model's folder");

    [Fact]
    public void ExternalDataThatIsMissing() => AssertRefused(External("weights.bin", 0, 4096), "does not exist");

    [Theory]
    [InlineData(1, 4096)]
    [InlineData(long.MaxValue, 4096)]
    public void ExternalDataThatIsTooShort(long offset, long length)
    {
        File.WriteAllBytes(_folder.File("weights.bin"), new byte[4096]);
        AssertRefused(External("weights.bin", offset, length), "is too short");
    }

    [Fact]
    public void ExternalDataOfAnotherLength()
    {
        File.WriteAllBytes(_folder.File("weights.bin"), new byte[4096]);
        AssertRefused(External("weights.bin", 0, 4092), "external bytes where 4096 belong");
    }

    [Fact]
    public void ExternalDataInTheFolderIsUsedWhereItLies()
    {
        Directory.CreateDirectory(_folder.File("data"));
        File.WriteAllBytes(_folder.File(Path.Combine("data", "weights.bin")), new byte[5000]);
        var weight = Assert.IsType<FileWeight>(OnnxImport.Load(External("data/weights.bin", 7, 4096)).Weights["w"]);
        Assert.Equal(_folder.File(Path.Combine("data", "weights.bin")), weight.Path);
        Assert.Equal(7, weight.Offset);
    }

    [Fact]
    public void WeightsMayLieBeyondFourGigabytes()
    {
        const long offset = 5L << 30;
        using (FileStream sparse = File.Create(_folder.File("weights.bin")))
        {
            sparse.Position = offset;
            sparse.Write(new byte[4096]);
        }

        Graph graph = OnnxImport.Load(External("weights.bin", offset, 4096));
        Assert.Equal(offset, Assert.IsType<FileWeight>(graph.Weights["w"]).Offset);
        Assert.InRange(OnnxExport.ForRuntime(graph).Bytes.Length, 1, 1000);
    }

    [Theory]
    [InlineData(new long[] { 1L << 40, 1L << 40 })]
    [InlineData(new long[] { 1L << 33 })]
    [InlineData(new long[] { -4 })]
    public void ImpossibleTensors(long[] dimensions)
    {
        ModelFile file = new ModelFile(17).Input("x", 1).Node("Add", "x w", "y").Output("y");
        var tensor = new TensorProto { Name = "w", DataType = 1, RawData = ByteString.CopyFrom(new byte[4]) };
        tensor.Dims.AddRange(dimensions);
        file.Model.Graph.Initializer.Add(tensor);
        AssertRefused(file.Save(_folder), "'w'");
    }

    [Fact]
    public void UnsupportedElementTypes()
    {
        ModelFile file = new ModelFile(17).Input("x", 1).Node("Add", "x w", "y").Output("y");
        file.Model.Graph.Initializer.Add(new TensorProto { Name = "w", DataType = 8 });
        AssertRefused(file.Save(_folder), "element type 8");
    }

    [Fact]
    public void WiringErrors()
    {
        AssertRefused(new ModelFile(17).Input("x", 1).Node("Neg", "z", "y").Output("y").Save(_folder), "reads 'z'");
        AssertRefused(new ModelFile(17).Input("x", 1).Node("Neg", "x", "x").Output("x").Save(_folder), "exists already");
        AssertRefused(new ModelFile(17).Input("x", 1).Node("Neg", "x", "y").Output("missing").Save(_folder), "'missing'");
        AssertRefused(new ModelFile(17).Input("x", 1).Node("Neg", "x", "y").Save(_folder), "no output");
        AssertRefused(new ModelFile(17).Input("x", 1).Input("x", 1).Node("Neg", "x", "y").Output("y").Save(_folder), "taken twice");
    }

    [Fact]
    public void MalformedNodesAreNamed()
    {
        AssertRefused(new ModelFile(17).Input("x", 2, 3).Node("Transpose", "x", "y", ("perm", new long[] { 0, 7 })).Output("y").Save(_folder), "node_y");
        AssertRefused(new ModelFile(17).Input("x", 2, 3).Node("Transpose", "x", "y", ("perm", "up")).Output("y").Save(_folder), "node_y");
        AssertRefused(new ModelFile(17).Input("x", 2, 3).Node("MatMul", "x", "y").Output("y").Save(_folder), "node_y");
        AssertRefused(new ModelFile(17).Input("x", 2, 3).Int64s("s", 7, 7).Node("Reshape", "x s", "y").Output("y").Save(_folder), "node_y");
        AssertRefused(new ModelFile(13).Input("x", 2).Int64s("i", 1, 2).Weight("f", HostTensor.Of([1f], 1)).Node("Concat", "f i", "c", ("axis", 0)).Node("Reshape", "x c", "y").Output("y").Save(_folder), "node_c");
        AssertRefused(new ModelFile(11).Input("x", 2, 3).Node("Dropout", "x - t", "y").Weight("t", HostTensor.Of([true], TensorShape.Scalar)).Output("y").Save(_folder), "training mode");
    }

    [Fact]
    public void SmallFilesCannotAskForMuchMemory()
    {
        ModelFile file = new ModelFile(17).Input("x", "n", 1).Int64s("s", 1 << 16);
        for (int i = 0; i < 3000; i++) file.Node("ConstantOfShape", "s", $"c{i}", ("value", HostTensor.Of([(double)i], 1)));
        file.Node("Neg", "x", "y").Output("y");
        string path = file.Save(_folder);
        long before = GC.GetAllocatedBytesForCurrentThread();
        OnnxImport.Load(path);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1L << 30);
    }

    [Theory]
    [InlineData("swin-11", 1)]
    [InlineData("text-16", 2)]
    [InlineData("cnn-17", 3)]
    [InlineData("vit-openai-13", 4)]
    public void MutatedModelsEitherLoadOrAreRefused(string model, int seed)
    {
        byte[] original = File.ReadAllBytes(Path.Combine(RepositoryPaths.Goldens, "onnx-exports", model + ".onnx"));
        var random = new Random(seed);
        string path = _folder.File("mutant.onnx");
        int refused = 0;
        for (int round = 0; round < 250; round++)
        {
            File.WriteAllBytes(path, Mutate(original, random));
            var clock = Stopwatch.StartNew();
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                OnnxExport.ForRuntime(OnnxImport.Load(path));
            }
            catch (GraphException e)
            {
                Assert.NotEmpty(e.Message);
                refused++;
            }

            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"mutant {round} took {clock.Elapsed}");
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1L << 30, $"mutant {round} took {GC.GetAllocatedBytesForCurrentThread() - before} bytes");
        }

        Assert.InRange(refused, 30, 250);
    }

    /// <summary>A few bytes near the structure (the nodes come first) changed, removed, doubled or cut off.</summary>
    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = new List<byte>(original);
        int changes = random.Next(1, 6);
        for (int i = 0; i < changes; i++)
        {
            int at = random.Next(random.Next(4) == 0 ? bytes.Count : Math.Min(bytes.Count, 12_000));
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes[at] = 0xff;
                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 9), bytes.Count - at - 1));
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 64), bytes.Count - at)));
                    break;
                default:
                    if (random.Next(8) == 0) bytes.RemoveRange(at, bytes.Count - at - 1);
                    else bytes[at] = 0;
                    break;
            }
        }

        return [.. bytes];
    }

    private string External(string location, long offset, long length)
    {
        ModelFile file = new ModelFile(17).Input("x", "n", 1024).Node("Add", "x w", "y").Output("y");
        var tensor = new TensorProto { Name = "w", DataType = 1, DataLocation = TensorProto.Types.DataLocation.External, Dims = { 1024 } };
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = $"{offset}" });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = $"{length}" });
        file.Model.Graph.Initializer.Add(tensor);
        return file.Save(_folder);
    }

    private static byte[] Varint(int value)
    {
        var bytes = new List<byte>();
        for (uint v = (uint)value; ; v >>= 7)
        {
            if (v < 0x80)
            {
                bytes.Add((byte)v);
                return [.. bytes];
            }

            bytes.Add((byte)(v | 0x80));
        }
    }

    private static void AssertRefused(string path, string message)
    {
        GraphException error = Assert.Throws<GraphException>(() => OnnxImport.Load(path));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }
}
