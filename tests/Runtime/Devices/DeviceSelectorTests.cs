using Pellucid.Graphs;
using Pellucid.Runtime.Devices;

namespace Pellucid.Runtime.Tests.Devices;

public sealed class DeviceSelectorTests
{
    [Theory]
    [InlineData("cpu")]
    [InlineData(" CPU ")]
    public void The_processor_is_always_there(string choice)
    {
        Device device = DeviceSelector.Select(choice, 3, new FakeMachine());
        Assert.Equal((DeviceKind.Cpu, 3, "cpu"), (device.Kind, device.Threads, device.Name));
    }

    [Fact]
    public void Auto_takes_cuda_where_all_is_there_and_the_processor_otherwise()
    {
        Assert.Equal(DeviceKind.Cuda, DeviceSelector.Select("auto", null, FakeMachine.WithGpu()).Kind);
        Assert.Equal(DeviceKind.Cpu, DeviceSelector.Select("auto", null, new FakeMachine()).Kind);
    }

    [Theory]
    [InlineData("cuda", DeviceKind.Cuda)]
    [InlineData("tensorrt", DeviceKind.TensorRt)]
    [InlineData("webgpu", DeviceKind.WebGpu)]
    public void A_device_with_all_it_needs_is_chosen(string choice, DeviceKind kind)
    {
        Device device = DeviceSelector.Select(choice, null, FakeMachine.WithGpu());
        Assert.Equal(kind, device.Kind);
        Assert.Equal("A GPU", device.Detail);
        Assert.Equal(choice, device.ToEnvironment().Device);
    }

    [Theory]
    [InlineData("libonnxruntime_providers_shared.so", "libonnxruntime_providers_shared.so is not beside the program; build with -p:Cuda=true")]
    [InlineData("libonnxruntime_providers_cuda.so", "libonnxruntime_providers_cuda.so is not beside the program; build with -p:Cuda=true")]
    [InlineData("libcuda.so.1", "driver library libcuda.so.1 cannot be loaded; install the NVIDIA driver")]
    [InlineData("libcudnn.so.9", "cannot load libcudnn.so.9; install the CUDA 13 runtime and cuDNN 9")]
    public void Cuda_says_what_is_missing(string part, string expected)
    {
        FakeMachine machine = FakeMachine.WithGpu();
        machine.Parts.Remove(part);
        PellucidException e = Assert.Throws<PellucidException>(() => DeviceSelector.Select("cuda", null, machine));
        Assert.StartsWith("device 'cuda' cannot be used: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.Equal(DeviceKind.Cpu, DeviceSelector.Select("auto", null, machine).Kind);
    }

    [Theory]
    [InlineData(0, "sees no GPU")]
    [InlineData(-1, "refuses to start")]
    public void Cuda_needs_a_gpu(int count, string expected)
    {
        FakeMachine machine = FakeMachine.WithGpu();
        machine.Gpus = count;
        Assert.Contains(expected, Assert.Throws<PellucidException>(() => DeviceSelector.Select("cuda", null, machine)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tensorrt", "libnvinfer.so.10", "cannot load libnvinfer.so.10; install TensorRT 10")]
    [InlineData("tensorrt", "libonnxruntime_providers_tensorrt.so", "libonnxruntime_providers_tensorrt.so is not beside the program")]
    [InlineData("webgpu", "libvulkan.so.1", "the Vulkan loader libvulkan.so.1 cannot be loaded")]
    public void Other_devices_say_what_is_missing(string choice, string part, string expected)
    {
        FakeMachine machine = FakeMachine.WithGpu();
        machine.Parts.Remove(part);
        Assert.Contains(expected, Assert.Throws<PellucidException>(() => DeviceSelector.Select(choice, null, machine)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_provider_that_is_not_compiled_in_is_named()
    {
        FakeMachine machine = FakeMachine.WithGpu();
        machine.Providers = ["CPUExecutionProvider"];
        Assert.Contains("has no webgpu provider (it has CPUExecutionProvider)", Assert.Throws<PellucidException>(() => DeviceSelector.Select("webgpu", null, machine)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trial_session_that_fails_is_reported()
    {
        FakeMachine machine = FakeMachine.WithGpu();
        machine.Error = "out of luck";
        Assert.Contains("a trial session failed: out of luck", Assert.Throws<PellucidException>(() => DeviceSelector.Select("cuda", null, machine)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_choices_and_thread_counts_are_refused()
    {
        Assert.Equal("there is no device 'npu'; choose one of auto, cpu, cuda, tensorrt, webgpu", Assert.Throws<PellucidException>(() => DeviceSelector.Select("npu")).Message);
        Assert.Contains("threads is 0", Assert.Throws<PellucidException>(() => DeviceSelector.Select("cpu", 0)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cpu")]
    [InlineData("cuda")]
    [InlineData("tensorrt")]
    [InlineData("webgpu")]
    public void On_this_machine_a_device_works_or_says_what_is_missing(string choice)
    {
        Device? device = null;
        Exception? error = Record.Exception(() => device = DeviceSelector.Select(choice));
        if (error is null) Assert.Equal(choice, device!.Name);
        else Assert.StartsWith($"device '{choice}' cannot be used: ", Assert.IsType<PellucidException>(error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trial_session_opens_on_the_processor() => Assert.Null(new Machine().TrialError(DeviceKind.Cpu));

    private sealed class FakeMachine : IMachine
    {
        public HashSet<string> Parts { get; } = new(StringComparer.Ordinal);

        public int Gpus { get; set; }

        public string? Error { get; set; }

        public bool IsWindows => false;

        public IReadOnlyList<string> Providers { get; set; } = ["TensorrtExecutionProvider", "CUDAExecutionProvider", "WebGpuExecutionProvider", "CPUExecutionProvider"];

        public static FakeMachine WithGpu()
        {
            var machine = new FakeMachine { Gpus = 1 };
            machine.Parts.UnionWith([
                "libonnxruntime_providers_shared.so", "libonnxruntime_providers_cuda.so", "libonnxruntime_providers_tensorrt.so",
                "libcuda.so.1", "libcudart.so.13", "libcublasLt.so.13", "libcublas.so.13", "libcurand.so.10", "libcudnn.so.9", "libnvinfer.so.10", "libvulkan.so.1"]);
            return machine;
        }

        public bool IsBesideProgram(string file) => Parts.Contains(file);

        public bool CanLoad(string library) => Parts.Contains(library);

        public int CudaDeviceCount() => Gpus;

        public string GpuName(DeviceKind kind) => "A GPU";

        public string? TrialError(DeviceKind kind) => Error;
    }
}
