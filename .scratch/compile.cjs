const fs=require('fs'),path=require('path');const root=path.resolve(__dirname,'..');
const solc=require(root+'/node_modules/solc');
const runs=Number(process.argv[2]||200);
const entry='contracts/rewards/RewardPool.sol';
const read=p=>{for(const b of [root,root+'/node_modules']){const f=path.join(b,p);if(fs.existsSync(f))return {contents:fs.readFileSync(f,'utf8')}}return{error:'nf '+p}};
const input={language:'Solidity',sources:{[entry]:{content:fs.readFileSync(root+'/'+entry,'utf8')}},settings:{evmVersion:'osaka',viaIR:true,optimizer:{enabled:true,runs},metadata:{bytecodeHash:'none'},outputSelection:{[entry]:{RewardPool:['abi','evm.bytecode.object','evm.deployedBytecode.object','evm.deployedBytecode.sourceMap','evm.deployedBytecode.generatedSources']},'*':{'':['ast'].slice(1)}}}};
const t=Date.now();
const out=JSON.parse(solc.compile(JSON.stringify(input),{import:read}));
const errs=(out.errors||[]).filter(e=>e.severity==='error');if(errs.length){console.error(errs.map(e=>e.formattedMessage).join('\n'));process.exit(1)}
const c=out.contracts[entry].RewardPool;
const ids={};for(const[k,v] of Object.entries(out.sources))ids[v.id]=k;
fs.writeFileSync(__dirname+'/out.json',JSON.stringify({abi:c.abi,bytecode:'0x'+c.evm.bytecode.object,deployed:c.evm.deployedBytecode.object,map:c.evm.deployedBytecode.sourceMap,ids}));
console.log('size',c.evm.deployedBytecode.object.length/2,'ms',Date.now()-t);
